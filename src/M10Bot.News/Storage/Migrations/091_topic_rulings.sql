-- What editors say a story is about, over what was read in it; and what is to be learnt from that.

create table story_topic_ruling (
    story_id       bigint not null,
    topic          text not null,
    name           text not null,
    kind           text not null,
    is_on          integer not null,        -- 1: it is about this, whatever is read; 0: it is not
    by_whom        text not null,
    at_ms          bigint not null,
    primary key (story_id, topic)
);

create table topic_lesson (                 -- an article with the topics that an editor set right; outlives the story
    story_id       bigint primary key,
    headline       text not null,
    body           text not null,
    topics         text not null,           -- JSON array of codes
    by_whom        text not null,
    at_ms          bigint not null
);
