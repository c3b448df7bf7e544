-- The desk: the user's own SQLite file. Nothing here refers to a shelf: codes are text, in stored form (upper case, no dot),
-- with the number of their code set as in include/codeshelf/words.h.
--
-- A program refuses a desk with a greater user_version. Whoever raises it also writes the step that brings an older desk up
-- to it in place, after a copy beside it was made.

PRAGMA application_id = 0x4353444B; -- "CSDK"
PRAGMA user_version = 1;

-- Notes that came as one file: a department's rules, section guidelines.
CREATE TABLE collection (
    id       INTEGER PRIMARY KEY,
    name     TEXT    NOT NULL UNIQUE COLLATE NOCASE,
    about    TEXT    NOT NULL,      -- what the file says before its first heading of codes
    source   TEXT    NOT NULL,      -- the file's name
    imported INTEGER NOT NULL       -- seconds since 1970
) STRICT;

-- Ascending ids are the order of the file.
CREATE TABLE note (
    id         INTEGER PRIMARY KEY,
    collection INTEGER NOT NULL REFERENCES collection (id),
    text       TEXT    NOT NULL
) STRICT;
CREATE INDEX note_collection ON note (collection);

-- The codes and ranges a note is on, in the order of its heading; a single code has last = first.
CREATE TABLE note_range (
    note    INTEGER NOT NULL REFERENCES note (id),
    ordinal INTEGER NOT NULL,
    codeset INTEGER NOT NULL,
    first   TEXT    NOT NULL,
    last    TEXT    NOT NULL,
    PRIMARY KEY (note, ordinal)
) STRICT, WITHOUT ROWID;
