-- The shelf: one SQLite file of code sets, written whole by src/store and only ever read by src/shelf.
-- Words and numbers (code sets, kinds, components) are those of include/codeshelf/words.h.
--
-- Many releases are stored once. An entry is an identity; what it says is a version; versions, notes, 7th characters and
-- facts each carry a mask: bit b is set when the release of their code set whose bit is b has them. A mask bit of 0 means
-- "absent" only where coverage says that the release brought that component.
--
-- Row ids are given in calendar order of the releases and book order inside, so that the same releases always give the
-- same bytes; inside an entry, ascending ids of notes, 7th characters and facts are the order of the book.
--
-- A program reads this schema and the one before; an import rewrites the shelf in this one. Version 1 has no table replacement.

PRAGMA application_id = 0x43534846; -- "CSHF"
PRAGMA user_version = 2;

CREATE TABLE release (
    id        INTEGER PRIMARY KEY,
    codeset   INTEGER NOT NULL,
    bit       INTEGER NOT NULL,     -- 0 for the earliest of its code set
    name      TEXT    NOT NULL,     -- FY2025-APR, 2025-JAN, 2026
    from_date INTEGER NOT NULL,     -- YYYYMMDD
    entries   INTEGER NOT NULL,     -- categories, subcategories, codes and modifiers
    billable  INTEGER NOT NULL,
    UNIQUE (codeset, name),
    UNIQUE (codeset, bit)
) STRICT;

-- What a release brought.
CREATE TABLE coverage (
    release   INTEGER NOT NULL REFERENCES release (id),
    component INTEGER NOT NULL,
    PRIMARY KEY (release, component)
) STRICT, WITHOUT ROWID;

CREATE TABLE source (
    release   INTEGER NOT NULL REFERENCES release (id),
    component INTEGER NOT NULL,
    name      TEXT    NOT NULL,
    bytes     INTEGER NOT NULL,
    sha256    TEXT    NOT NULL,
    imported  INTEGER NOT NULL      -- seconds since 1970
) STRICT;

CREATE TABLE front (
    release INTEGER NOT NULL REFERENCES release (id),
    kind    TEXT    NOT NULL,       -- introduction, notice
    title   TEXT    NOT NULL,
    text    TEXT    NOT NULL
) STRICT;

CREATE TABLE entry (
    id      INTEGER PRIMARY KEY,
    codeset INTEGER NOT NULL,
    class   INTEGER NOT NULL,       -- 0 code text of the set, 1 chapter, 2 section, 3 modifier: keeps B99 and B99 apart
    code    TEXT    NOT NULL        -- stored form: upper case, no dot
) STRICT;

CREATE TABLE version (
    id       INTEGER PRIMARY KEY,
    entry    INTEGER NOT NULL REFERENCES entry (id),
    parent   INTEGER          REFERENCES entry (id),
    mask     INTEGER NOT NULL,
    kind     INTEGER NOT NULL,
    billable INTEGER NOT NULL,
    family   INTEGER NOT NULL,      -- 1: differs from its parent by a defined 7th character only
    title    TEXT    NOT NULL,
    printed  TEXT,                  -- the Tabular's wording where it differs
    short    TEXT,                  -- NULL when it is the title, as most are
    from_date INTEGER NOT NULL,     -- HCPCS add date and last day of use, 0 for none
    to_date   INTEGER NOT NULL
) STRICT;

-- The order of a release's books: row ids, as runs of consecutive ids. A run is two unsigned LEB128 varints: the
-- zigzag-coded difference between its first id and the id after the last of the run before (1 for the first run), and the
-- number of ids in it (at least 1).
-- book: 0 the entries (version ids), else the component of words.h: index, external, neoplasm, drugs (term ids), guidelines
-- (guideline ids).
CREATE TABLE sequence (
    release INTEGER NOT NULL REFERENCES release (id),
    book    INTEGER NOT NULL,
    runs    BLOB    NOT NULL,
    PRIMARY KEY (release, book)
) STRICT, WITHOUT ROWID;

CREATE TABLE note (
    id    INTEGER PRIMARY KEY,
    entry INTEGER NOT NULL REFERENCES entry (id),
    mask  INTEGER NOT NULL,
    kind  INTEGER NOT NULL,
    text  TEXT    NOT NULL
) STRICT;

-- Codes and ranges that a note, an index or table row, or a guideline names; a single code has last = first.
CREATE TABLE ref (
    source     INTEGER NOT NULL,    -- 0 note, 1 term, 2 guideline
    id         INTEGER NOT NULL,    -- its row
    first      TEXT    NOT NULL,
    last       TEXT    NOT NULL,
    narrowed   TEXT    NOT NULL     -- "fifth or sixth character 5", ".21", or empty
) STRICT;

CREATE TABLE seventh (
    id    INTEGER PRIMARY KEY,
    entry INTEGER NOT NULL REFERENCES entry (id),
    mask  INTEGER NOT NULL,
    ch    TEXT    NOT NULL,
    text  TEXT    NOT NULL,
    note  TEXT    NOT NULL
) STRICT;

CREATE TABLE fact (
    id    INTEGER PRIMARY KEY,
    entry INTEGER NOT NULL REFERENCES entry (id),
    mask  INTEGER NOT NULL,
    name  TEXT    NOT NULL,
    value TEXT    NOT NULL
) STRICT;

-- Rows of the indexes and tables of the book. A row is identified by its book, the titles above it and its ordinal among
-- equals (some paths occur twice): all versions of it share a node, the id of the first. Lists are joined with line feeds.
CREATE TABLE term (
    id       INTEGER PRIMARY KEY,
    codeset  INTEGER NOT NULL,
    book     INTEGER NOT NULL,      -- component: index, external, neoplasm, drugs
    node     INTEGER NOT NULL,
    parent   INTEGER,               -- node of the row above, NULL for a main term
    mask     INTEGER NOT NULL,
    depth    INTEGER NOT NULL,
    path     TEXT    NOT NULL,      -- the titles above it
    title    TEXT    NOT NULL,
    nemod    TEXT    NOT NULL,      -- nonessential modifiers, as printed
    codes    TEXT    NOT NULL,
    manifestation TEXT NOT NULL,
    see      TEXT    NOT NULL,
    see_also TEXT    NOT NULL,
    see_category TEXT NOT NULL,
    cells    TEXT    NOT NULL
) STRICT;

CREATE VIRTUAL TABLE fts_term USING fts5
    (path, title, nemod, content = 'term', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2', prefix = '2');

-- Sections of the Official Guidelines.
CREATE TABLE guideline (
    id      INTEGER PRIMARY KEY,
    codeset INTEGER NOT NULL,
    mask    INTEGER NOT NULL,
    section TEXT    NOT NULL,       -- I.C.4.a.3
    depth   INTEGER NOT NULL,
    title   TEXT    NOT NULL,
    text    TEXT    NOT NULL        -- own text, one paragraph or list item a line
) STRICT;

CREATE VIRTUAL TABLE fts_guideline USING fts5
    (title, text, content = 'guideline', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2');

-- What takes the place of which code, as the official files say it: ICD-10-CM conversion tables (cumulative, so that one says
-- it for all the years before), CPT Link lists. One row a pair; mask tells whose files say it.
CREATE TABLE replacement (
    id        INTEGER PRIMARY KEY,
    codeset   INTEGER NOT NULL,
    mask      INTEGER NOT NULL,
    old       TEXT    NOT NULL,     -- the code replaced; empty where the new one had none before
    last      TEXT    NOT NULL,     -- end of a range of them, with all under it; empty for the one code
    now       TEXT    NOT NULL,     -- the code instead; empty when none is
    from_date INTEGER NOT NULL,     -- the first day it took the place
    said      TEXT    NOT NULL      -- as printed where that is more than one code ("E11.69 and R40.20"), else empty
) STRICT;

-- Searchable text, one row a piece of text of an entry, one table and one full-text index a code set, so that loading one
-- does not shift another's ranking. Ids follow a static importance (general before specific), so that the first thousand
-- matches of a broad query are the right ones to rank. Members of a 7th-character family are left out: their parent's row
-- stands for them. field: 0 title, 1 printed title, 2 short title, 3 inclusion term, 4 includes, 5 consumer, 6 clinician.
CREATE TABLE doc_icd10cm (
    id    INTEGER PRIMARY KEY,
    entry INTEGER NOT NULL REFERENCES entry (id),
    mask  INTEGER NOT NULL,
    field INTEGER NOT NULL,
    text  TEXT    NOT NULL
) STRICT;
CREATE TABLE doc_hcpcs (
    id    INTEGER PRIMARY KEY,
    entry INTEGER NOT NULL REFERENCES entry (id),
    mask  INTEGER NOT NULL,
    field INTEGER NOT NULL,
    text  TEXT    NOT NULL
) STRICT;
CREATE TABLE doc_cpt (
    id    INTEGER PRIMARY KEY,
    entry INTEGER NOT NULL REFERENCES entry (id),
    mask  INTEGER NOT NULL,
    field INTEGER NOT NULL,
    text  TEXT    NOT NULL
) STRICT;

CREATE VIRTUAL TABLE fts_icd10cm USING fts5
    (text, content = 'doc_icd10cm', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3');
CREATE VIRTUAL TABLE fts_hcpcs USING fts5
    (text, content = 'doc_hcpcs', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3');
CREATE VIRTUAL TABLE fts_cpt USING fts5
    (text, content = 'doc_cpt', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3');

-- Every indexed word, its Porter stem and in how many documents it occurs: finished words match all forms of their stem.
CREATE TABLE word (
    codeset INTEGER NOT NULL,
    form    TEXT    NOT NULL,
    stem    TEXT    NOT NULL,
    docs    INTEGER NOT NULL,
    PRIMARY KEY (codeset, form)
) STRICT, WITHOUT ROWID;
