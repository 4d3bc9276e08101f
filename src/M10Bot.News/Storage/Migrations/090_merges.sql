-- Editors put stories together and take them apart. What they placed, matching leaves where it is.

alter table article add column is_placed integer not null default 0; -- 1: an editor put it into its story, or left it there
alter table article add column part_id bigint;                       -- told in this story until an editor put that into another
alter table story_move add column part_id bigint;
alter table story_move add column is_placed integer not null default 0;
alter table delivery add column moved_from bigint;                   -- the bulletin it was of, until its story was put into another

drop index story_slug;                                               -- a slug is its publisher's own: it is looked for among articles
create index article_slug on article (slug, source);
create index story_merged on story (merged_into) where merged_into is not null;

create table story_merge (                  -- what is needed to take a merge back
    id             $identity$,
    story_id       bigint not null,         -- the one that went into the other
    into_id        bigint not null,
    state          text not null,           -- of the story before
    articles       text not null,           -- JSON array of [article, part]: what went over
    by_whom        text not null,
    at_ms          bigint not null,
    undone_ms      bigint
);
create index story_merge_story on story_merge (story_id, id);
create index story_merge_into on story_merge (into_id, id);
