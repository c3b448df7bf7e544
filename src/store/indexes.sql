-- Indexes of the shelf, made after the rows are in (see schema.sql).
CREATE UNIQUE INDEX entry_code ON entry (codeset, code, class);
CREATE INDEX version_entry ON version (entry);
CREATE INDEX version_parent ON version (parent);
CREATE INDEX note_entry ON note (entry);
CREATE INDEX ref_first ON ref (first);
CREATE INDEX seventh_entry ON seventh (entry);
CREATE INDEX fact_entry ON fact (entry);
CREATE INDEX word_stem ON word (codeset, stem);
CREATE INDEX term_node ON term (node);
CREATE INDEX term_parent ON term (parent);
CREATE INDEX guideline_section ON guideline (section);
CREATE INDEX term_main ON term (codeset, book, title COLLATE NOCASE) WHERE depth = 0; -- a main term as it is typed
CREATE INDEX ref_range ON ref (first, last) WHERE first <> last;
CREATE INDEX replacement_old ON replacement (codeset, old) WHERE last = '';
CREATE INDEX replacement_range ON replacement (codeset, old, last) WHERE last <> '';
CREATE INDEX replacement_now ON replacement (codeset, now);
