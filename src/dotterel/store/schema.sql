-- The database of dotterel, schema version 5 (linking.sql, search.sql and verdicts.sql have the rest). One row a record; every start_char and end_char counts characters of
-- reports.text (first included, last excluded), so substring(text, start_char + 1, end_char - start_char) is the span.

CREATE TABLE meta (
    key   VARCHAR PRIMARY KEY,     -- 'schema_version'; 'views': which views were made last
    value VARCHAR NOT NULL
);

CREATE TABLE reports (             -- one news item; a report is here once it is coded, with all its records
    id        VARCHAR PRIMARY KEY, -- content hash of title, text and day of publication
    path      VARCHAR,             -- file it was read from
    title     VARCHAR,
    published DATE,                -- the anchor of relative dates
    source    VARCHAR,             -- publisher or site
    agency    VARCHAR,             -- news agency of the dateline or credit line
    dateline  VARCHAR,             -- place named in the dateline
    url       VARCHAR,
    language  VARCHAR NOT NULL,    -- ISO 639-1
    text      VARCHAR NOT NULL,    -- title, blank line, body
    coded_by  VARCHAR NOT NULL     -- version of dotterel that coded it
);

CREATE TABLE actors (              -- identities that hold across reports, as first met
    id      VARCHAR PRIMARY KEY,   -- stable slug, 'state:FRA'
    name    VARCHAR NOT NULL,      -- real-world name in full
    country VARCHAR,               -- ISO 3166 alpha-3, or IGO, NGO, NSA, MNC
    sector  VARCHAR NOT NULL,      -- PLOVER code of the primary sector
    sectors VARCHAR[] NOT NULL     -- all, primary first
);

CREATE TABLE events (              -- one act, however often its report tells it
    id               VARCHAR PRIMARY KEY, -- report id and a running number
    report_id        VARCHAR NOT NULL,
    position         INTEGER NOT NULL,    -- order within the report, from 0
    type             VARCHAR NOT NULL,    -- one of the sixteen PLOVER types
    mode             VARCHAR,
    status           VARCHAR NOT NULL,    -- occurred, ongoing, planned, proposed, hypothetical, negated
    contexts         VARCHAR[],           -- PLOVER contexts, the likeliest first; null where coded before schema version 3
    quad             TINYINT NOT NULL,    -- 1 verbal, 2 material cooperation; 3 verbal, 4 material conflict
    score            DOUBLE NOT NULL,     -- from -10 (conflict) to 10 (cooperation), by type and mode
    date             VARCHAR,             -- '2015-11-24', '2015-11' or '2015'
    first_day        DATE,                -- the same as days, both included
    last_day         DATE,
    date_precision   VARCHAR,             -- day, week, month, season, year, range, open
    date_text        VARCHAR,             -- the words that tell the time
    date_start_char  INTEGER,
    date_end_char    INTEGER,
    date_reason      VARCHAR,
    place_text       VARCHAR,             -- the words that name the place
    place_start_char INTEGER,
    place_end_char   INTEGER,
    place_name       VARCHAR,             -- gazetteer name
    place_region     VARCHAR,             -- first-order division of the country it lies in
    place_country    VARCHAR,             -- ISO 3166 alpha-3
    latitude         DOUBLE,              -- degrees north
    longitude        DOUBLE,              -- degrees east
    geonames         BIGINT,              -- GeoNames id
    place_score      DOUBLE,              -- belief in the resolution, 0 to 1
    place_reason     VARCHAR,
    confidence       DOUBLE NOT NULL,     -- 0 to 1
    reason           VARCHAR NOT NULL     -- the rule or evidence behind the event
);

CREATE TABLE event_actors (        -- who took which part in an event, as mentioned and as of the report
    event_id   VARCHAR NOT NULL,
    report_id  VARCHAR NOT NULL,
    role       VARCHAR NOT NULL,   -- actor, recipient, attribution (who is cited), claimed_by (who claimed responsibility)
    position   INTEGER NOT NULL,   -- order within the role, from 0
    actor_id   VARCHAR NOT NULL,
    name       VARCHAR NOT NULL,   -- name, country and sectors at the time of the report: a minister may lose the office
    country    VARCHAR,
    sector     VARCHAR NOT NULL,
    sectors    VARCHAR[] NOT NULL,
    text       VARCHAR NOT NULL,   -- the words that name the actor
    start_char INTEGER NOT NULL,
    end_char   INTEGER NOT NULL,
    kind       VARCHAR NOT NULL,   -- named, titled, described, metonym, pronoun, anaphor
    score      DOUBLE NOT NULL,    -- belief in the resolution, 0 to 1
    reason     VARCHAR NOT NULL,
    alternatives STRUCT(id VARCHAR, name VARCHAR, country VARCHAR, score DOUBLE)[] -- whom else the words could mean
);

CREATE TABLE mentions (            -- where a report tells an event; position 0 is the fullest telling
    event_id            VARCHAR NOT NULL,
    report_id           VARCHAR NOT NULL,
    position            INTEGER NOT NULL,
    trigger             VARCHAR NOT NULL, -- the words of the act
    start_char          INTEGER NOT NULL,
    end_char            INTEGER NOT NULL,
    sentence            VARCHAR NOT NULL,
    sentence_start_char INTEGER NOT NULL,
    sentence_end_char   INTEGER NOT NULL
);

CREATE TABLE quotes (              -- direct quotations
    report_id          VARCHAR NOT NULL,
    position           INTEGER NOT NULL,
    text               VARCHAR NOT NULL, -- without the marks; split parts joined by ' ... '
    speaker_id         VARCHAR,          -- null where nobody can be named
    speaker_name       VARCHAR,
    speaker_country    VARCHAR,
    speaker_sector     VARCHAR,
    speaker_sectors    VARCHAR[],
    speaker_text       VARCHAR,          -- the mention taken for the speaker
    speaker_start_char INTEGER,
    speaker_end_char   INTEGER,
    speaker_kind       VARCHAR,
    speaker_score      DOUBLE,
    speaker_reason     VARCHAR,
    cue                VARCHAR,          -- the speaker's mention beside the quotation, null when implied
    via                VARCHAR,          -- outlet that carried it
    start_char         INTEGER NOT NULL,
    end_char           INTEGER NOT NULL,
    reason             VARCHAR NOT NULL,
    speaker_alternatives STRUCT(id VARCHAR, name VARCHAR, country VARCHAR, score DOUBLE)[]
);

CREATE TABLE figures (             -- counts that measure political action or its toll
    report_id  VARCHAR NOT NULL,
    position   INTEGER NOT NULL,
    value      DOUBLE,             -- null for a vague count
    value_text VARCHAR NOT NULL,   -- the number in digits, or the words of a vague count ('dozens')
    unit       VARCHAR NOT NULL,   -- what is counted, as written
    what       VARCHAR NOT NULL,   -- strikes, dead, injured, displaced, troops, protesters, money, votes, other
    by_whom    VARCHAR,
    against    VARCHAR,
    place      VARCHAR,
    period     VARCHAR,
    source     VARCHAR,            -- who is cited for the count
    sentence   VARCHAR NOT NULL,
    start_char INTEGER NOT NULL,
    end_char   INTEGER NOT NULL,
    reason     VARCHAR NOT NULL,
    event_id   VARCHAR,            -- the event that it counts, or whose toll it is
    bound      VARCHAR,            -- at least, at most, about, range; null where the count is exact or vague
    low        DOUBLE,             -- the ends of a range
    high       DOUBLE
);

CREATE TABLE stances (             -- lasting positions
    report_id  VARCHAR NOT NULL,
    position   INTEGER NOT NULL,
    holder     VARCHAR NOT NULL,
    toward     VARCHAR NOT NULL,
    stance     VARCHAR NOT NULL,   -- supports, opposes, neutral
    issue      VARCHAR NOT NULL,
    sentence   VARCHAR NOT NULL,
    start_char INTEGER NOT NULL,
    end_char   INTEGER NOT NULL,
    reason     VARCHAR NOT NULL
);

CREATE TABLE attributions (        -- who is cited for what: a source, the words that cite it, a stretch of what it is cited for
    report_id          VARCHAR NOT NULL,
    position           INTEGER NOT NULL,
    kind               VARCHAR NOT NULL, -- direct (in quotation marks), indirect, according, attitude (thought or wanted)
    source_text        VARCHAR NOT NULL, -- the words for the source
    source_start_char  INTEGER NOT NULL,
    source_end_char    INTEGER NOT NULL,
    cue_text           VARCHAR NOT NULL, -- the words that cite ('said')
    cue_start_char     INTEGER NOT NULL,
    cue_end_char       INTEGER NOT NULL,
    content_start_char INTEGER NOT NULL, -- what it is cited for
    content_end_char   INTEGER NOT NULL,
    via                VARCHAR,          -- who passed it on ('the agency' in 'the agency quoted him as saying')
    actor_id           VARCHAR,          -- whom the source was taken to be; null where nobody known ('a witness')
    actor_name         VARCHAR,
    actor_country      VARCHAR,
    actor_sector       VARCHAR,
    actor_sectors      VARCHAR[],
    actor_text         VARCHAR,          -- the mention taken for the source
    actor_start_char   INTEGER,
    actor_end_char     INTEGER,
    actor_kind         VARCHAR,
    actor_score        DOUBLE,
    actor_reason       VARCHAR,
    actor_alternatives STRUCT(id VARCHAR, name VARCHAR, country VARCHAR, score DOUBLE)[]
);

CREATE TABLE places (              -- every place named, whether an event happened there or not
    report_id  VARCHAR NOT NULL,
    position   INTEGER NOT NULL,
    text       VARCHAR NOT NULL,   -- the words
    start_char INTEGER NOT NULL,
    end_char   INTEGER NOT NULL,
    name       VARCHAR,            -- gazetteer name
    region     VARCHAR,            -- first-order division of the country it lies in
    country    VARCHAR,            -- ISO 3166 alpha-3
    latitude   DOUBLE,             -- degrees north
    longitude  DOUBLE,             -- degrees east
    geonames   BIGINT,             -- GeoNames id
    score      DOUBLE NOT NULL,    -- belief in the resolution, 0 to 1
    reason     VARCHAR NOT NULL
);

CREATE TABLE failures (            -- inputs that could not be read or coded, once each
    path   VARCHAR NOT NULL,
    line   INTEGER,
    reason VARCHAR NOT NULL
);

CREATE SEQUENCE actor_decision_number;

CREATE TABLE actor_decisions (     -- what a user decided about identities; nothing else is changed, so all can be undone
    number    INTEGER PRIMARY KEY DEFAULT nextval('actor_decision_number'),
    kind      VARCHAR NOT NULL,    -- merge: one actor is another; split: some mentions of an actor are another
    actor_id  VARCHAR NOT NULL,    -- the actor merged away, or the one split
    into_id   VARCHAR NOT NULL,    -- whom is meant instead
    into_name VARCHAR NOT NULL,
    report_id VARCHAR,             -- split: the mentions in this report; null for all
    text      VARCHAR,             -- split: the mentions in these words; null for all
    note      VARCHAR,
    made      TIMESTAMP NOT NULL DEFAULT current_timestamp,
    undone    TIMESTAMP            -- null while it holds
);
