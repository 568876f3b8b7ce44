-- From schema version 1 to 2: alternatives of every mention, and the identities a user decides on.

ALTER TABLE event_actors ADD COLUMN alternatives STRUCT(id VARCHAR, name VARCHAR, country VARCHAR, score DOUBLE)[];
ALTER TABLE quotes ADD COLUMN speaker_alternatives STRUCT(id VARCHAR, name VARCHAR, country VARCHAR, score DOUBLE)[];

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
