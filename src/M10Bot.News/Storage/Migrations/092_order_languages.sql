-- A subscription may ask for stories in some languages only.
alter table subscription add column languages text;      -- ISO 639-1 codes with a comma before and after each, as ",de,en,"; null: every language
