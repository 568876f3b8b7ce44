-- The views of the database, schema version 5.

-- Whom every actor is by the merges that hold: a merge into one merged himself goes to the last.
CREATE OR REPLACE VIEW merged_actors AS
WITH RECURSIVE step AS (
    SELECT actor_id, into_id, into_name, 1 AS depth FROM actor_decisions WHERE kind = 'merge' AND undone IS NULL
    UNION
    SELECT s.actor_id, d.into_id, d.into_name, s.depth + 1
    FROM step s
    JOIN actor_decisions d ON d.actor_id = s.into_id AND d.kind = 'merge' AND d.undone IS NULL
    WHERE s.depth < 20
)
SELECT actor_id, arg_max(into_id, depth) AS into_id, arg_max(into_name, depth) AS into_name FROM step GROUP BY actor_id;

-- Every name of every actor: as first met, and as the user calls whom others are merged into or split off as.
CREATE OR REPLACE VIEW actor_names AS
SELECT id, name FROM actors
UNION ALL
SELECT into_id, into_name FROM actor_decisions WHERE undone IS NULL;

-- current_actors with the identities that the user decided on; `coded_id` is what dotterel took the words to mean. A split is
-- of words, and so not of a party that a correction gives.
CREATE OR REPLACE VIEW parties AS
WITH cut AS (
    SELECT p.event_id, p.role, p.position,
           arg_max(d.into_id, d.number) AS id, arg_max(d.into_name, d.number) AS name
    FROM current_actors p
    JOIN actor_decisions d
      ON d.kind = 'split' AND d.undone IS NULL AND d.actor_id = p.actor_id
     AND (d.report_id IS NULL OR d.report_id = p.report_id) AND (d.text IS NULL OR d.text = p.text)
    WHERE p.kind <> 'corrected'
    GROUP BY ALL
),
told AS (
    SELECT p.*, coalesce(cut.id, p.actor_id) AS own_id, coalesce(cut.name, p.name) AS own_name
    FROM current_actors p
    LEFT JOIN cut ON cut.event_id = p.event_id AND cut.role = p.role AND cut.position = p.position
)
SELECT t.* EXCLUDE (actor_id, name, country, own_id, own_name),
       t.actor_id AS coded_id,
       coalesce(m.into_id, t.own_id) AS actor_id,
       coalesce(m.into_name, t.own_name) AS name,
       coalesce(t.country, a.country) AS country
FROM told t
LEFT JOIN merged_actors m ON m.actor_id = t.own_id
LEFT JOIN actors a ON a.id = m.into_id;

-- One row a dyad. An act told with actors and recipients gives every actor with every recipient; a reciprocal act, which
-- has several actors and no recipient, gives each pair of its parties both ways; a one-sided act gives a null on the
-- other side.
CREATE OR REPLACE VIEW dyads AS
WITH part AS (
    SELECT event_id, role, position, actor_id, name, country, sector
    FROM parties WHERE role IN ('actor', 'recipient')
),
sides AS (
    SELECT event_id,
           count(DISTINCT actor_id) FILTER (role = 'actor') AS actors,
           count(*) FILTER (role = 'recipient') AS recipients
    FROM part GROUP BY event_id
),
pairs AS (
    SELECT a.event_id, a AS source, b AS target, false AS reciprocal
    FROM part a JOIN part b ON a.event_id = b.event_id AND a.role = 'actor' AND b.role = 'recipient'
    UNION ALL
    SELECT a.event_id, a, b, true
    FROM part a
    JOIN part b ON a.event_id = b.event_id AND a.role = 'actor' AND b.role = 'actor' AND a.actor_id <> b.actor_id
    JOIN sides s ON s.event_id = a.event_id AND s.recipients = 0
    UNION ALL
    SELECT a.event_id, a, NULL, false
    FROM part a
    JOIN sides s ON s.event_id = a.event_id AND a.role = 'actor' AND a.position = 0 AND s.recipients = 0 AND s.actors = 1
    UNION ALL
    SELECT b.event_id, NULL, b, false
    FROM part b JOIN sides s ON s.event_id = b.event_id AND b.role = 'recipient' AND s.actors = 0
)
SELECT e.id AS event_id,
       e.report_id,
       r.published,
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
       e.quad,
       e.score,
       e.place_name,
       e.place_country,
       e.confidence,
       p.reciprocal,
       e.contexts,
       e.place_region,
       e.corrected
FROM current_events e
JOIN reports r ON r.id = e.report_id
JOIN pairs p ON p.event_id = e.id;

-- `quotes` with the identities that the user decided on.
CREATE OR REPLACE VIEW current_quotes AS
WITH cut AS (
    SELECT q.report_id, q.position, arg_max(d.into_id, d.number) AS id, arg_max(d.into_name, d.number) AS name
    FROM quotes q
    JOIN actor_decisions d
      ON d.kind = 'split' AND d.undone IS NULL AND d.actor_id = q.speaker_id
     AND (d.report_id IS NULL OR d.report_id = q.report_id) AND (d.text IS NULL OR d.text = q.speaker_text)
    GROUP BY ALL
)
SELECT q.* REPLACE (coalesce(m.into_id, cut.id, q.speaker_id) AS speaker_id,
                    coalesce(m.into_name, cut.name, q.speaker_name) AS speaker_name)
FROM quotes q
LEFT JOIN cut ON cut.report_id = q.report_id AND cut.position = q.position
LEFT JOIN merged_actors m ON m.actor_id = coalesce(cut.id, q.speaker_id);

-- `attributions` likewise.
CREATE OR REPLACE VIEW current_attributions AS
WITH cut AS (
    SELECT a.report_id, a.position, arg_max(d.into_id, d.number) AS id, arg_max(d.into_name, d.number) AS name
    FROM attributions a
    JOIN actor_decisions d
      ON d.kind = 'split' AND d.undone IS NULL AND d.actor_id = a.actor_id
     AND (d.report_id IS NULL OR d.report_id = a.report_id) AND (d.text IS NULL OR d.text = a.actor_text)
    GROUP BY ALL
)
SELECT a.* REPLACE (coalesce(m.into_id, cut.id, a.actor_id) AS actor_id,
                    coalesce(m.into_name, cut.name, a.actor_name) AS actor_name)
FROM attributions a
LEFT JOIN cut ON cut.report_id = a.report_id AND cut.position = a.position
LEFT JOIN merged_actors m ON m.actor_id = coalesce(cut.id, a.actor_id);

-- One row an actor who takes part in an event or is quoted, with the identities the user decided on.
CREATE OR REPLACE VIEW actor_rows AS
WITH spoken AS (
    SELECT report_id, speaker_id AS actor_id, speaker_name AS name, speaker_country AS country, speaker_sector AS sector,
           speaker_text AS text
    FROM current_quotes WHERE speaker_id IS NOT NULL
),
seen AS (
    SELECT report_id, actor_id, name, country, sector, text, event_id, role FROM parties
    UNION ALL
    SELECT report_id, actor_id, name, country, sector, text, NULL, 'speaker' FROM spoken
)
SELECT s.actor_id,
       any_value(s.name) AS name,
       list_sort(list_distinct(list(s.country) FILTER (s.country IS NOT NULL))) AS countries,
       list_sort(list_distinct(list(s.sector))) AS sectors,
       count(DISTINCT s.event_id) AS events,
       count(DISTINCT s.event_id) FILTER (s.role = 'actor') AS as_actor,
       count(DISTINCT s.event_id) FILTER (s.role = 'recipient') AS as_recipient,
       count(*) FILTER (s.role = 'speaker') AS quotes,
       count(DISTINCT s.report_id) AS reports,
       min(r.published) AS first_seen,
       max(r.published) AS last_seen,
       list_sort(list_distinct(list(s.text))) AS texts
FROM seen s JOIN reports r ON r.id = s.report_id
GROUP BY s.actor_id;

-- One row an event, to be read by a person.
CREATE OR REPLACE VIEW event_rows AS
WITH names AS (
    SELECT event_id,
           string_agg(name, '; ' ORDER BY position) FILTER (role = 'actor')       AS actors,
           string_agg(name, '; ' ORDER BY position) FILTER (role = 'recipient')   AS recipients,
           string_agg(text, '; ' ORDER BY position) FILTER (role = 'attribution') AS according_to,
           string_agg(name, '; ' ORDER BY position) FILTER (role = 'claimed_by')  AS claimed_by
    FROM parties GROUP BY event_id
)
SELECT e.id AS event_id,
       e.date,
       n.actors,
       e.type,
       e.mode,
       e.status,
       CASE WHEN e.contexts IS NOT NULL THEN coalesce(array_to_string(e.contexts, '; '), '') END AS contexts,
       n.recipients,
       coalesce(e.place_name, e.place_text) AS place,
       e.place_region,
       e.place_country,
       n.according_to,
       n.claimed_by,
       e.confidence,
       m.trigger,
       m.sentence,
       r.title,
       r.published,
       e.report_id,
       e.corrected
FROM current_events e
JOIN reports r ON r.id = e.report_id
LEFT JOIN names n ON n.event_id = e.id
LEFT JOIN current_mentions m ON m.event_id = e.id AND m.position = 0;

-- One row an attribution, with its content in words and the source under the identity that the user decided on.
CREATE OR REPLACE VIEW attribution_rows AS
SELECT a.report_id,
       a.kind,
       a.actor_id AS source_id,
       coalesce(a.actor_name, a.source_text) AS source,
       a.actor_country AS source_country,
       a.actor_sector AS source_sector,
       a.cue_text AS cue,
       substring(r.text, a.content_start_char + 1, a.content_end_char - a.content_start_char) AS content,
       a.via,
       r.title,
       r.published
FROM current_attributions a
JOIN reports r ON r.id = a.report_id;
