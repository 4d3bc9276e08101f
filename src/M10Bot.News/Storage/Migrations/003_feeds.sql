-- Feeds that are polled, and what was seen in them.

create table feed (
    id             $identity$,
    url            text not null unique,
    source         text not null,           -- the publisher's name, as it is credited
    home           text,                    -- the publisher's page
    standing       text not null,           -- offered: looked at, nobody has said yes yet; polled; off
    is_trusted     integer not null default 0, -- its BREAKING is believed
    added_by       text not null,
    told_platform  text,                    -- where its troubles are told
    told_workspace text,
    told_channel   text,
    added_ms       bigint not null,
    next_ms        bigint not null,         -- when it is due; the claim of a poll under way puts it off
    checked_ms     bigint,
    read_ms        bigint,                  -- the last good answer; null until the first, which is taken silently
    changed_ms     bigint,
    etag           text,
    modified       text,
    body_hash      text,
    interval_ms    bigint not null,
    level          integer not null default 0, -- step of trouble
    failures       integer not null default 0, -- in a row
    is_told        integer not null default 0, -- 1 once its trouble was told
    reason         text,
    remedy         text
);
create index feed_due on feed (next_ms) where standing = 'polled';

create table feed_entry (                   -- by what an entry is known again; an article has several keys
    feed_id        bigint not null references feed (id),
    key            text not null,
    uri            text not null,           -- the article's
    text_hash      text not null,
    seen_ms        bigint not null,
    primary key (feed_id, key)
);
create index feed_entry_seen on feed_entry (seen_ms);
