-- Schema version 5: what corrections come to. Views read it many times over, so that it is kept, not worked out each time;
-- whatever writes corrections, or codes a report anew, has its rows made anew from the view last_say.

DROP VIEW IF EXISTS verdicts;          -- what it was up to schema version 4

CREATE TABLE verdicts (                -- the last say on every act that a correction holds of; null where nothing was said of a field
    event_id       VARCHAR NOT NULL,   -- as it is now; of an act added by hand report id, '-c' and the number
    report_id      VARCHAR NOT NULL,
    coded_type     VARCHAR NOT NULL,
    start_char     INTEGER NOT NULL,
    end_char       INTEGER NOT NULL,
    added          BIGINT,             -- the number of the correction that added it
    number         BIGINT NOT NULL,    -- of the last correction
    rejected       BOOLEAN NOT NULL,
    type           VARCHAR,            -- these as in `corrections`: '' for nothing
    mode           VARCHAR,
    status         VARCHAR,
    quad           TINYINT,
    score          DOUBLE,
    date           VARCHAR,
    first_day      VARCHAR,
    last_day       VARCHAR,
    date_precision VARCHAR,
    place_name     VARCHAR,
    place_country  VARCHAR,
    place_region   VARCHAR,
    latitude       VARCHAR,
    longitude      VARCHAR,
    geonames       VARCHAR,
    actors         VARCHAR,
    recipients     VARCHAR,
    sentence       VARCHAR
);
