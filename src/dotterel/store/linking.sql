-- Schema version 4: the same copy and the same act across reports, corrections by people, and what they are sought by.
-- Every event is a member of exactly one linked event, most of them alone.

CREATE TABLE report_bands (        -- what candidates of reprints are sought by: the MinHash bands of a report's text; of each band the first reports only
    report_id VARCHAR NOT NULL,
    hash      UBIGINT NOT NULL     -- the number of the band in its upper half
);
CREATE INDEX report_bands_hash ON report_bands (hash);

CREATE TABLE reprints (            -- one row a report: the group of reports that print the same copy
    report_id   VARCHAR PRIMARY KEY,
    group_id    VARCHAR NOT NULL,  -- smallest report id of the group
    of_id       VARCHAR,           -- the report it is a reprint of: the first published of its group; null for that one
    containment DOUBLE,            -- share of the shorter text's three-word runs that stand in the other, 0 to 1
    reason      VARCHAR NOT NULL
);
CREATE INDEX reprints_group ON reprints (group_id);

CREATE TABLE event_keys (          -- what candidates of a link are sought by
    event_id  VARCHAR NOT NULL,
    report_id VARCHAR NOT NULL,
    key       VARCHAR NOT NULL     -- two parties, or one and the type, or a place, each with a stretch of days
);
CREATE INDEX event_keys_key ON event_keys (key);

CREATE TABLE event_facts (         -- what is compared of an event, so that a new report need not have all others read again
    event_id  VARCHAR PRIMARY KEY,
    report_id VARCHAR NOT NULL,
    facts     VARCHAR NOT NULL,    -- JSON: type, parties, time, place, figures, words
    sense     BLOB NOT NULL        -- the sense of its fullest telling as a vector, one byte a number
);

CREATE SEQUENCE judgement_number;

CREATE TABLE judgements (          -- whether two events are the same act: one row a comparison that came near, or a user's say
    number    BIGINT PRIMARY KEY DEFAULT nextval('judgement_number'),
    event_a   VARCHAR NOT NULL,    -- the smaller id of the two
    event_b   VARCHAR NOT NULL,
    same      BOOLEAN NOT NULL,
    score     DOUBLE NOT NULL,     -- belief that they are the same act, 0 to 1; 1 or 0 by a user
    reasons   VARCHAR[] NOT NULL,  -- what speaks for it
    conflicts VARCHAR[] NOT NULL,  -- what speaks against it
    made_by   VARCHAR NOT NULL,    -- 'dotterel', or a user; a user's say wins
    note      VARCHAR,
    made      TIMESTAMP NOT NULL DEFAULT current_timestamp,
    undone    TIMESTAMP            -- null while it holds
);
CREATE INDEX judgements_a ON judgements (event_a);
CREATE INDEX judgements_b ON judgements (event_b);

CREATE TABLE linked_events (       -- one act, however many reports tell it
    id              VARCHAR PRIMARY KEY, -- 'L-' and the smallest id of its events
    type            VARCHAR NOT NULL,
    mode            VARCHAR,
    status          VARCHAR NOT NULL,
    contexts        VARCHAR[],
    quad            TINYINT NOT NULL,
    score           DOUBLE NOT NULL,
    date            VARCHAR,
    first_day       DATE,
    last_day        DATE,
    date_precision  VARCHAR,
    place_text      VARCHAR,
    place_name      VARCHAR,
    place_region    VARCHAR,
    place_country   VARCHAR,
    latitude        DOUBLE,
    longitude       DOUBLE,
    geonames        BIGINT,
    events          INTEGER NOT NULL,    -- members
    reports         INTEGER NOT NULL,    -- reports that tell it
    sources         INTEGER NOT NULL,    -- independent of one another: reprints, and reports by one agency or outlet, count once
    first_report    VARCHAR NOT NULL,    -- the first published
    first_published DATE,
    best_event      VARCHAR NOT NULL,    -- the member that tells it most fully
    confidence      DOUBLE NOT NULL,     -- 0 to 1
    reason          VARCHAR NOT NULL
);

CREATE TABLE linked_members (      -- the events of reports that are one act
    event_id  VARCHAR PRIMARY KEY,
    linked_id VARCHAR NOT NULL,
    report_id VARCHAR NOT NULL,
    component VARCHAR NOT NULL     -- smallest id of the events joined to this one by any chain of judgements
);
CREATE INDEX linked_members_linked ON linked_members (linked_id);
CREATE INDEX linked_members_component ON linked_members (component);
CREATE INDEX linked_members_report ON linked_members (report_id);

CREATE TABLE linked_actors (       -- who takes part in a linked event: the parties its members agree on, the fullest name of each
    linked_id VARCHAR NOT NULL,
    role      VARCHAR NOT NULL,    -- actor, recipient, attribution, claimed_by
    position  INTEGER NOT NULL,    -- order within the role, from 0
    actor_id  VARCHAR NOT NULL,
    name      VARCHAR NOT NULL,
    country   VARCHAR,
    sector    VARCHAR NOT NULL,
    sectors   VARCHAR[] NOT NULL,
    text      VARCHAR NOT NULL,    -- the words, in the member that tells the act most fully
    events    INTEGER NOT NULL     -- members that name this party in this role
);

CREATE TABLE linked_details (      -- what the reports agree and disagree on
    linked_id VARCHAR NOT NULL,
    field     VARCHAR NOT NULL,    -- date, place, status, actor, recipient, dead, injured, ...
    value     VARCHAR NOT NULL,
    kind      VARCHAR NOT NULL,    -- agreed (told alike by several), single (told by one), conflicting
    event_ids VARCHAR[] NOT NULL   -- the members that tell it so
);

CREATE INDEX linked_actors_linked ON linked_actors (linked_id);
CREATE INDEX linked_details_linked ON linked_details (linked_id);
CREATE INDEX event_facts_report ON event_facts (report_id);

CREATE SEQUENCE correction_number;

CREATE TABLE corrections (         -- what a person decided about a coding; nothing else is changed, so all can be undone
    number     BIGINT NOT NULL,    -- of the decision; an edit of several fields is several rows
    report_id  VARCHAR NOT NULL,
    kind       VARCHAR NOT NULL,   -- accept, reject, edit, add
    type       VARCHAR NOT NULL,   -- which act: its type as coded (add: the type given)
    start_char INTEGER NOT NULL,   -- and the place of its trigger in the report's text, which holds over a new coding
    end_char   INTEGER NOT NULL,
    field      VARCHAR,            -- edit, add: column of `events` that is set; actors, recipients; sentence of an act added
    value      VARCHAR,            -- '' for nothing; ids of actors have '; ' between them
    note       VARCHAR,
    made_by    VARCHAR,
    made       TIMESTAMP NOT NULL DEFAULT current_timestamp,
    undone     TIMESTAMP
);
