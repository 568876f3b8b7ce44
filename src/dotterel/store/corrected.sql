-- The views of what a person corrected, schema version 5: events, parties and mentions as they hold now.

-- Every act that a correction is about, coded or added by hand, under the id it has now.
CREATE OR REPLACE VIEW corrected_acts AS
SELECT DISTINCT e.id AS event_id, c.report_id, c.type, c.start_char, c.end_char, NULL AS added
FROM corrections c
JOIN events e ON e.report_id = c.report_id AND e.type = c.type
JOIN mentions m ON m.event_id = e.id AND m.position = 0 AND m.start_char = c.start_char AND m.end_char = c.end_char
WHERE c.undone IS NULL AND c.kind <> 'add'
UNION ALL
SELECT DISTINCT c.report_id || '-c' || c.number, c.report_id, c.type, c.start_char, c.end_char, c.number
FROM corrections c WHERE c.undone IS NULL AND c.kind = 'add';

-- The last say on each of them, worked out; the table `verdicts` keeps it.
CREATE OR REPLACE VIEW last_say AS
SELECT a.event_id, a.report_id, a.type AS coded_type, a.start_char, a.end_char, a.added,
       max(c.number) AS number,
       coalesce(arg_max(c.kind, c.number) = 'reject', false) AS rejected,
       arg_max(c.value, c.number) FILTER (c.field = 'type') AS type,
       arg_max(c.value, c.number) FILTER (c.field = 'mode') AS mode,
       arg_max(c.value, c.number) FILTER (c.field = 'status') AS status,
       arg_max(c.value, c.number) FILTER (c.field = 'quad')::TINYINT AS quad,
       arg_max(c.value, c.number) FILTER (c.field = 'score')::DOUBLE AS score,
       arg_max(c.value, c.number) FILTER (c.field = 'date') AS date,
       arg_max(c.value, c.number) FILTER (c.field = 'first_day') AS first_day,
       arg_max(c.value, c.number) FILTER (c.field = 'last_day') AS last_day,
       arg_max(c.value, c.number) FILTER (c.field = 'date_precision') AS date_precision,
       arg_max(c.value, c.number) FILTER (c.field = 'place_name') AS place_name,
       arg_max(c.value, c.number) FILTER (c.field = 'place_country') AS place_country,
       arg_max(c.value, c.number) FILTER (c.field = 'place_region') AS place_region,
       arg_max(c.value, c.number) FILTER (c.field = 'latitude') AS latitude,
       arg_max(c.value, c.number) FILTER (c.field = 'longitude') AS longitude,
       arg_max(c.value, c.number) FILTER (c.field = 'geonames') AS geonames,
       arg_max(c.value, c.number) FILTER (c.field = 'actors') AS actors,
       arg_max(c.value, c.number) FILTER (c.field = 'recipients') AS recipients,
       arg_max(c.value, c.number) FILTER (c.field = 'sentence') AS sentence
FROM corrected_acts a
JOIN corrections c
  ON c.report_id = a.report_id AND c.type = a.type AND c.start_char = a.start_char AND c.end_char = a.end_char
WHERE c.undone IS NULL
GROUP BY ALL;

-- Events that a person accepted, edited or added, and the number of the last correction.
CREATE OR REPLACE VIEW corrected_events AS
SELECT event_id, number, added,
       CASE WHEN added IS NOT NULL THEN 'added'
            WHEN coalesce(type, mode, status, date, place_name, actors, recipients) IS NULL THEN 'accepted'
            ELSE 'edited' END AS corrected
FROM verdicts WHERE NOT rejected;

-- `events` without the rejected, with edits applied, and with those added by hand; `corrected` is accepted, edited or added.
CREATE OR REPLACE VIEW current_events AS
SELECT e.id,
       e.report_id,
       e.position,
       coalesce(v.type, e.type) AS type,
       CASE WHEN v.mode IS NULL THEN e.mode ELSE nullif(v.mode, '') END AS mode,
       coalesce(v.status, e.status) AS status,
       e.contexts,
       coalesce(v.quad, e.quad) AS quad,
       coalesce(v.score, e.score) AS score,
       CASE WHEN v.date IS NULL THEN e.date ELSE nullif(v.date, '') END AS date,
       CASE WHEN v.date IS NULL THEN e.first_day ELSE nullif(v.first_day, '')::DATE END AS first_day,
       CASE WHEN v.date IS NULL THEN e.last_day ELSE nullif(v.last_day, '')::DATE END AS last_day,
       CASE WHEN v.date IS NULL THEN e.date_precision ELSE nullif(v.date_precision, '') END AS date_precision,
       CASE WHEN v.date IS NULL THEN e.date_text END AS date_text,
       CASE WHEN v.place_name IS NULL THEN e.place_text END AS place_text,
       CASE WHEN v.place_name IS NULL THEN e.place_name ELSE nullif(v.place_name, '') END AS place_name,
       CASE WHEN v.place_name IS NULL THEN e.place_region ELSE nullif(v.place_region, '') END AS place_region,
       CASE WHEN v.place_name IS NULL THEN e.place_country ELSE nullif(v.place_country, '') END AS place_country,
       CASE WHEN v.place_name IS NULL THEN e.latitude ELSE nullif(v.latitude, '')::DOUBLE END AS latitude,
       CASE WHEN v.place_name IS NULL THEN e.longitude ELSE nullif(v.longitude, '')::DOUBLE END AS longitude,
       CASE WHEN v.place_name IS NULL THEN e.geonames ELSE nullif(v.geonames, '')::BIGINT END AS geonames,
       e.confidence,
       e.reason,
       CASE WHEN v.event_id IS NOT NULL THEN
           CASE WHEN coalesce(v.type, v.mode, v.status, v.date, v.place_name, v.actors, v.recipients) IS NULL
           THEN 'accepted' ELSE 'edited' END
       END AS corrected
FROM events e
LEFT JOIN verdicts v ON v.event_id = e.id
WHERE v.rejected IS NOT TRUE
UNION ALL
SELECT v.event_id, v.report_id, 1000000 + v.added, v.type, nullif(v.mode, ''), coalesce(v.status, 'occurred'), NULL, v.quad, v.score,
       nullif(v.date, ''), nullif(v.first_day, '')::DATE, nullif(v.last_day, '')::DATE, nullif(v.date_precision, ''), NULL,
       NULL, nullif(v.place_name, ''), nullif(v.place_region, ''), nullif(v.place_country, ''),
       nullif(v.latitude, '')::DOUBLE, nullif(v.longitude, '')::DOUBLE, nullif(v.geonames, '')::BIGINT,
       1.0, 'added by hand: correction ' || v.added, 'added'
FROM verdicts v
WHERE v.added IS NOT NULL AND NOT v.rejected;

-- The parties that corrections gave, as rows of `event_actors`; `added` where the act was added by hand.
CREATE OR REPLACE VIEW given_parties AS
WITH given AS (
    SELECT event_id, report_id, start_char, end_char, number, added, 'actor' AS role, string_split(actors, '; ') AS ids
    FROM verdicts WHERE NOT rejected AND actors <> ''
    UNION ALL
    SELECT event_id, report_id, start_char, end_char, number, added, 'recipient', string_split(recipients, '; ')
    FROM verdicts WHERE NOT rejected AND recipients <> ''
),
listed AS (
    SELECT * EXCLUDE (ids), unnest(ids) AS actor_id, unnest(range(len(ids)))::INTEGER AS position FROM given
)
SELECT l.event_id, l.report_id, l.role, l.position, l.actor_id, a.name, a.country, a.sector, a.sectors, a.name AS text,
       l.start_char, l.end_char, 'corrected' AS kind, 1.0::DOUBLE AS score, 'correction ' || l.number AS reason,
       l.added IS NOT NULL AS added
FROM listed l JOIN actors a ON a.id = l.actor_id;

-- `event_actors` of those events.
CREATE OR REPLACE VIEW current_actors AS
SELECT p.*
FROM event_actors p
LEFT JOIN verdicts v ON v.event_id = p.event_id
WHERE v.rejected IS NOT TRUE
  AND NOT (p.role = 'actor' AND v.actors IS NOT NULL)
  AND NOT (p.role = 'recipient' AND v.recipients IS NOT NULL)
UNION ALL
SELECT event_id, report_id, role, position, actor_id, name, country, sector, sectors, text, start_char, end_char, kind, score,
       reason, NULL
FROM given_parties;

-- `mentions` of those events; an act added by hand has the one that it was added with.
CREATE OR REPLACE VIEW current_mentions AS
SELECT m.*
FROM mentions m
LEFT JOIN verdicts v ON v.event_id = m.event_id
WHERE v.rejected IS NOT TRUE
UNION ALL
SELECT v.event_id, v.report_id, 0, substring(r.text, v.start_char + 1, v.end_char - v.start_char), v.start_char, v.end_char,
       v.sentence, instr(r.text, v.sentence)::INTEGER - 1, (instr(r.text, v.sentence) + len(v.sentence))::INTEGER - 1
FROM verdicts v JOIN reports r ON r.id = v.report_id
WHERE v.added IS NOT NULL AND NOT v.rejected;
