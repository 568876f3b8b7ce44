-- From schema version 2 to 3: contexts and regions of events, the event a figure counts and its bounds, attributions and places.

ALTER TABLE events ADD COLUMN contexts VARCHAR[];
ALTER TABLE events ADD COLUMN place_region VARCHAR;
ALTER TABLE figures ADD COLUMN event_id VARCHAR;
ALTER TABLE figures ADD COLUMN bound VARCHAR;
ALTER TABLE figures ADD COLUMN low DOUBLE;
ALTER TABLE figures ADD COLUMN high DOUBLE;

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
