-- An editor looks for held stories by words, letter by letter; there are few of them among all.
create index story_held on story (changed_ms) where state = 'held';
