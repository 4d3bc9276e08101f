-- The webhook that a place is written to by, encrypted with keys that are not in the database; empty where it ended.
alter table destination add column webhook text;
