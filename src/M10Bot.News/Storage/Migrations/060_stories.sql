-- Stories that gather several publishers' accounts, and may be put together or taken apart.

alter table article add column link_key text;                       -- the link without what does not tell pages apart
alter table article add column is_copy integer not null default 0;  -- another publisher's text: no source of its own
create index article_link_key on article (link_key);
create index article_received on article (received_ms);

alter table story add column looks_like bigint;                     -- held, for it may be the same as this story
alter table story add column merged_into bigint;                    -- it is a part of this story

create table story_move (                                           -- for the indexes in the memory of other replicas
    id             $identity$,
    article_id     bigint not null,
    story_id       bigint not null,
    at_ms          bigint not null
);
create index article_source on article (source, received_ms);
