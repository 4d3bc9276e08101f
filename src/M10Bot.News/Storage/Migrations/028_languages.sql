-- The language of the cards at a destination; null for English.
alter table destination add column language text;
