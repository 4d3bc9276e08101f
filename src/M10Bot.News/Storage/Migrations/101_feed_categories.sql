-- A feed's own categories, and what an admin says they mean.

create table feed_category (
    feed_id        bigint not null references feed (id),
    category       text not null,            -- as it was first seen
    folded         text not null,            -- lower case
    topic          text,                     -- null: by its name; empty: nothing; else a topic's code
    seen_ms        bigint not null,
    primary key (feed_id, folded)
);
