-- Summaries that a language model writes, where one is configured.

alter table article add column summary_by text;      -- 'machine': written by a model and checked; null: the article's own sentences
alter table article add column summary_note text;    -- why the machine's was not used

create table summary_call (                          -- one request at most for each article; counted against the budget
    article_id     bigint primary key,
    story_id       bigint not null,
    at_ms          bigint not null,
    tokens         integer not null,                 -- reserved, then what was used
    outcome        text not null,                    -- asked, used, rejected, failed, late
    reason         text
);
create index summary_call_at on summary_call (at_ms);
