-- Schema version 4: what full text search looks words up in. A report's text never changes, and so neither do its rows.

CREATE TABLE indexed (             -- one row a report
    number    INTEGER NOT NULL,    -- what `terms` calls it, for a small number takes little room
    report_id VARCHAR NOT NULL,
    length    INTEGER NOT NULL     -- words of its text that are looked up
);

CREATE TABLE terms (               -- the words of reports, without endings, accents and capitals; common words left out
    term   VARCHAR NOT NULL,
    report INTEGER NOT NULL,       -- indexed.number
    count  USMALLINT NOT NULL
);
