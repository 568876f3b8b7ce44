-- What `dotterel watch` remembers, in a SQLite file beside the database. Times are seconds since 1970.
CREATE TABLE IF NOT EXISTS feeds (
    url           TEXT PRIMARY KEY,           -- as FEEDS.toml gives it
    polled        REAL NOT NULL DEFAULT 0,    -- last time
    wait_until    REAL NOT NULL DEFAULT 0,    -- left in peace until then: back-off, Retry-After, ttl
    failures      INTEGER NOT NULL DEFAULT 0, -- in a row
    etag          TEXT,
    last_modified TEXT,
    moved_to      TEXT,                       -- where a lasting redirect leads
    gone          INTEGER NOT NULL DEFAULT 0, -- its server says it is gone for good: no more polled
    note          TEXT                        -- what was wrong last time
);
CREATE TABLE IF NOT EXISTS items (
    feed      TEXT NOT NULL,                  -- feeds.url
    key       TEXT NOT NULL,                  -- guid, link or hash
    link      TEXT,
    title     TEXT,
    outcome   TEXT NOT NULL,                  -- listed | read | stored | same | left out | failed
    private   INTEGER NOT NULL DEFAULT 0,     -- whether its link may lead to a private network
    seen      REAL NOT NULL,                  -- first seen in the feed
    due       REAL NOT NULL DEFAULT 0,        -- not dealt with before
    tries     INTEGER NOT NULL DEFAULT 0,     -- of fetching its page
    kept      TEXT,                           -- listed: the item, read: the report, as JSON; else NULL
    report_id TEXT,                           -- read, stored: reports.id in the database
    note      TEXT,                           -- why it failed, or why the feed's own text was coded
    PRIMARY KEY (feed, key)
);
CREATE INDEX IF NOT EXISTS items_link ON items (link);
CREATE INDEX IF NOT EXISTS items_open ON items (outcome, due) WHERE outcome IN ('listed', 'read');
CREATE TABLE IF NOT EXISTS robots (origin TEXT PRIMARY KEY, text TEXT NOT NULL, fetched REAL NOT NULL);
