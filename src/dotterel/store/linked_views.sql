-- The views of linked events, schema version 5; corrections of a member hold for the whole.

-- What corrections of their members say of linked events; a member's edit holds for the act, the last one wins.
CREATE OR REPLACE VIEW linked_verdicts AS
WITH said AS (
    SELECT m.linked_id, v.*
    FROM verdicts v JOIN linked_members m ON m.event_id = v.event_id
),
kept AS (
    SELECT m.linked_id, min(m.event_id) AS event_id
    FROM linked_members m JOIN (SELECT DISTINCT linked_id FROM said WHERE rejected) s ON s.linked_id = m.linked_id
    WHERE m.event_id NOT IN (SELECT event_id FROM said WHERE rejected)
    GROUP BY m.linked_id
)
SELECT s.linked_id,
       count(*) FILTER (s.rejected) AS rejected,
       list(s.event_id) FILTER (s.rejected) AS rejected_events,
       any_value(kept.event_id) AS kept_event,
       arg_max(s.type, s.number) FILTER (NOT s.rejected) AS type,
       arg_max(s.mode, s.number) FILTER (NOT s.rejected) AS mode,
       arg_max(s.status, s.number) FILTER (NOT s.rejected) AS status,
       arg_max(s.quad, s.number) FILTER (NOT s.rejected) AS quad,
       arg_max(s.score, s.number) FILTER (NOT s.rejected) AS score,
       arg_max({
           'date': nullif(s.date, ''), 'first_day': nullif(s.first_day, '')::DATE,
           'last_day': nullif(s.last_day, '')::DATE, 'date_precision': nullif(s.date_precision, '')
       }, s.number) FILTER (NOT s.rejected AND s.date IS NOT NULL) AS dated,
       arg_max({
           'place_name': nullif(s.place_name, ''), 'place_region': nullif(s.place_region, ''),
           'place_country': nullif(s.place_country, ''), 'latitude': nullif(s.latitude, '')::DOUBLE,
           'longitude': nullif(s.longitude, '')::DOUBLE, 'geonames': nullif(s.geonames, '')::BIGINT
       }, s.number) FILTER (NOT s.rejected AND s.place_name IS NOT NULL) AS placed
FROM said s
LEFT JOIN kept ON kept.linked_id = s.linked_id
GROUP BY s.linked_id;

-- `linked_events` as corrected: gone where every member is rejected; an act added by hand stands alone.
CREATE OR REPLACE VIEW current_linked AS
SELECT l.id,
       coalesce(v.type, l.type) AS type,
       CASE WHEN v.mode IS NULL THEN l.mode ELSE nullif(v.mode, '') END AS mode,
       coalesce(v.status, l.status) AS status,
       l.contexts,
       coalesce(v.quad, l.quad) AS quad,
       coalesce(v.score, l.score) AS score,
       CASE WHEN v.dated IS NULL THEN l.date ELSE (v.dated).date END AS date,
       CASE WHEN v.dated IS NULL THEN l.first_day ELSE (v.dated).first_day END AS first_day,
       CASE WHEN v.dated IS NULL THEN l.last_day ELSE (v.dated).last_day END AS last_day,
       CASE WHEN v.dated IS NULL THEN l.date_precision ELSE (v.dated).date_precision END AS date_precision,
       CASE WHEN v.placed IS NULL THEN l.place_text END AS place_text,
       CASE WHEN v.placed IS NULL THEN l.place_name ELSE (v.placed).place_name END AS place_name,
       CASE WHEN v.placed IS NULL THEN l.place_region ELSE (v.placed).place_region END AS place_region,
       CASE WHEN v.placed IS NULL THEN l.place_country ELSE (v.placed).place_country END AS place_country,
       CASE WHEN v.placed IS NULL THEN l.latitude ELSE (v.placed).latitude END AS latitude,
       CASE WHEN v.placed IS NULL THEN l.longitude ELSE (v.placed).longitude END AS longitude,
       CASE WHEN v.placed IS NULL THEN l.geonames ELSE (v.placed).geonames END AS geonames,
       (l.events - coalesce(v.rejected, 0))::INTEGER AS events,
       l.reports,
       l.sources,
       l.first_report,
       l.first_published,
       CASE WHEN NOT coalesce(list_contains(v.rejected_events, l.best_event), false) THEN l.best_event
            ELSE v.kept_event END AS best_event,
       l.confidence,
       l.reason
FROM linked_events l
LEFT JOIN linked_verdicts v ON v.linked_id = l.id
WHERE l.events > coalesce(v.rejected, 0)
UNION ALL
SELECT 'L-' || e.id, e.type, e.mode, e.status, e.contexts, e.quad, e.score, e.date, e.first_day, e.last_day, e.date_precision,
       e.place_text, e.place_name, e.place_region, e.place_country, e.latitude, e.longitude, e.geonames,
       1, 1, 1, e.report_id, r.published, e.id, e.confidence, e.reason
FROM current_events e JOIN reports r ON r.id = e.report_id
WHERE e.corrected = 'added';

-- `linked_members` without the rejected, and with the acts added by hand.
CREATE OR REPLACE VIEW current_members AS
SELECT m.event_id, m.linked_id, m.report_id
FROM linked_members m
LEFT JOIN verdicts v ON v.event_id = m.event_id
WHERE v.rejected IS NOT TRUE
UNION ALL
SELECT event_id, 'L-' || event_id, report_id FROM verdicts WHERE added IS NOT NULL AND NOT rejected;

-- What was said of the members of linked events.
CREATE OR REPLACE VIEW corrected_members AS
SELECT m.linked_id, c.event_id, c.number, c.corrected
FROM corrected_events c JOIN linked_members m ON m.event_id = c.event_id
UNION ALL
SELECT 'L-' || event_id, event_id, number, corrected FROM corrected_events WHERE added IS NOT NULL;

-- `linked_actors` as corrected: the parties that an edit of a member gave (`given`).
CREATE OR REPLACE VIEW current_linked_actors AS
WITH edits AS (  -- of each side the member whose edit, the last of them, gave it
    SELECT m.linked_id, s.role, arg_max(s.event_id, s.number) AS event_id
    FROM (
        SELECT event_id, number, 'actor' AS role FROM verdicts WHERE NOT rejected AND actors IS NOT NULL
        UNION ALL
        SELECT event_id, number, 'recipient' FROM verdicts WHERE NOT rejected AND recipients IS NOT NULL
    ) s
    JOIN linked_members m ON m.event_id = s.event_id
    GROUP BY m.linked_id, s.role
)
SELECT p.*, false AS given
FROM linked_actors p
LEFT JOIN edits e ON e.linked_id = p.linked_id AND e.role = p.role
WHERE e.linked_id IS NULL
UNION ALL
SELECT e.linked_id, p.role, p.position, p.actor_id, p.name, p.country, p.sector, p.sectors, p.text, 1, true
FROM edits e JOIN given_parties p ON p.event_id = e.event_id AND p.role = e.role
UNION ALL
SELECT 'L-' || p.event_id, p.role, p.position, p.actor_id, p.name, p.country, p.sector, p.sectors, p.text, 1, true
FROM given_parties p
WHERE p.added;

-- current_linked_actors with the identities that the user decided on; a split, which is of words, holds where it is of most
-- tellings that name the party in that role, and not of a party that a correction gives.
CREATE OR REPLACE VIEW linked_parties AS
WITH named AS (
    SELECT k.linked_id, p.role, p.actor_id, p.event_id, p.position,
           arg_max({'id': d.into_id, 'name': d.into_name}, d.number) FILTER (
               (d.report_id IS NULL OR d.report_id = p.report_id) AND (d.text IS NULL OR d.text = p.text)
           ) AS own
    FROM actor_decisions d
    JOIN event_actors p ON p.actor_id = d.actor_id
    JOIN linked_members k ON k.event_id = p.event_id
    WHERE d.kind = 'split' AND d.undone IS NULL AND p.event_id NOT IN (SELECT event_id FROM verdicts WHERE rejected)
    GROUP BY ALL
),
cut AS (
    SELECT linked_id, role, actor_id, mode(own) AS own FROM named GROUP BY ALL HAVING 2 * count(own) > count(*)
),
told AS (
    SELECT t.*, coalesce((cut.own).id, t.actor_id) AS own_id, coalesce((cut.own).name, t.name) AS own_name
    FROM current_linked_actors t
    LEFT JOIN cut ON cut.linked_id = t.linked_id AND cut.role = t.role AND cut.actor_id = t.actor_id AND NOT t.given
)
SELECT t.* EXCLUDE (actor_id, name, country, own_id, own_name, given),
       t.actor_id AS coded_id,
       coalesce(m.into_id, t.own_id) AS actor_id,
       coalesce(m.into_name, t.own_name) AS name,
       coalesce(t.country, a.country) AS country
FROM told t
LEFT JOIN merged_actors m ON m.actor_id = t.own_id
LEFT JOIN actors a ON a.id = m.into_id;

-- One row a dyad of a linked event: as `dyads`, but each act once, however many reports tell it.
CREATE OR REPLACE VIEW linked_dyads AS
WITH part AS (
    SELECT linked_id, role, position, actor_id, name, country, sector
    FROM linked_parties WHERE role IN ('actor', 'recipient')
),
sides AS (
    SELECT linked_id,
           count(DISTINCT actor_id) FILTER (role = 'actor') AS actors,
           count(*) FILTER (role = 'recipient') AS recipients
    FROM part GROUP BY linked_id
),
pairs AS (
    SELECT a.linked_id, a AS source, b AS target, false AS reciprocal
    FROM part a JOIN part b ON a.linked_id = b.linked_id AND a.role = 'actor' AND b.role = 'recipient'
    UNION ALL
    SELECT a.linked_id, a, b, true
    FROM part a
    JOIN part b ON a.linked_id = b.linked_id AND a.role = 'actor' AND b.role = 'actor' AND a.actor_id <> b.actor_id
    JOIN sides s ON s.linked_id = a.linked_id AND s.recipients = 0
    UNION ALL
    SELECT a.linked_id, a, NULL, false
    FROM part a
    JOIN sides s ON s.linked_id = a.linked_id AND a.role = 'actor' AND a.position = 0 AND s.recipients = 0 AND s.actors = 1
    UNION ALL
    SELECT b.linked_id, NULL, b, false
    FROM part b JOIN sides s ON s.linked_id = b.linked_id AND b.role = 'recipient' AND s.actors = 0
)
SELECT e.id AS linked_id,
       e.first_published AS published,
       e.date,
       e.first_day,
       e.last_day,
       (p.source).actor_id AS actor_id,
       (p.source).name     AS actor,
       (p.source).country  AS actor_country,
       (p.source).sector   AS actor_sector,
       (p.target).actor_id AS recipient_id,
       (p.target).name     AS recipient,
       (p.target).country  AS recipient_country,
       (p.target).sector   AS recipient_sector,
       e.type,
       e.mode,
       e.status,
       e.contexts,
       e.quad,
       e.score,
       e.place_name,
       e.place_country,
       e.events,
       e.reports,
       e.sources,
       e.confidence,
       p.reciprocal
FROM current_linked e
JOIN pairs p ON p.linked_id = e.id;

-- One row a linked event, to be read by a person.
CREATE OR REPLACE VIEW linked_rows AS
WITH names AS (
    SELECT linked_id,
           string_agg(name, '; ' ORDER BY position) FILTER (role = 'actor')     AS actors,
           string_agg(name, '; ' ORDER BY position) FILTER (role = 'recipient') AS recipients
    FROM linked_parties GROUP BY linked_id
),
disputed AS (
    SELECT linked_id, string_agg(field || ': ' || value, '; ' ORDER BY field, value) AS conflicting
    FROM linked_details WHERE kind = 'conflicting' GROUP BY linked_id
)
SELECT e.id AS linked_id,
       e.date,
       n.actors,
       e.type,
       e.mode,
       e.status,
       n.recipients,
       coalesce(e.place_name, e.place_text) AS place,
       e.place_country,
       CASE WHEN e.contexts IS NOT NULL THEN coalesce(array_to_string(e.contexts, '; '), '') END AS contexts,
       e.reports,
       e.sources,
       d.conflicting,
       e.confidence,
       m.trigger,
       m.sentence,
       e.first_published,
       e.first_report
FROM current_linked e
LEFT JOIN names n ON n.linked_id = e.id
LEFT JOIN disputed d ON d.linked_id = e.id
LEFT JOIN current_mentions m ON m.event_id = e.best_event AND m.position = 0;
