-- One text for both engines. Times are Unix milliseconds. $identity$ is the engine's identity column.

create table article (
    id             $identity$,
    source         text not null,
    uri            text not null,
    version        integer not null,
    story_id       bigint not null,
    status         text not null,
    headline       text not null,
    body           text not null,
    summary        text not null,           -- JSON array of sentences
    topics         text not null,           -- JSON array: the publisher's own topics
    link           text,
    slug           text,
    byline         text,
    credit         text,
    copyright      text,
    note           text,
    language       text not null,
    urgency        integer not null,
    published_ms   bigint not null,
    embargo_ms     bigint,
    received_ms    bigint not null,
    unique (source, uri, version)
);
create index article_story on article (story_id, id);

create table story (
    id             $identity$,
    slug           text,
    headline       text not null,
    state          text not null,           -- open, held, killed
    urgency        integer not null,
    sources        integer not null,
    lead_id        bigint,                  -- the article that speaks for the story
    first_ms       bigint not null,
    changed_ms     bigint not null
);
create index story_slug on story (slug);
create index story_changed on story (changed_ms);

create table story_topic (
    story_id       bigint not null references story (id),
    topic          text not null,
    name           text not null,
    kind           text not null,
    words          text not null,           -- JSON array: why readers get it
    weight         double precision not null,
    primary key (story_id, topic)
);
create index story_topic_topic on story_topic (topic, story_id);

create table ruling (
    id             $identity$,
    story_id       bigint not null references story (id),
    article_id     bigint references article (id),   -- null: a repeat, which is not kept
    change         text not null,           -- new, update, correction, kill, repeat
    verdict        text not null,           -- run, hold, spike
    reasons        text not null,           -- JSON array
    at_ms          bigint not null
);
create index ruling_story on ruling (story_id, id);

create table bulletin (
    id             $identity$,
    story_id       bigint not null unique references story (id),
    version        integer not null,
    state          text not null,           -- CardState in lower case
    created_ms     bigint not null,
    changed_ms     bigint not null
);

create table bulletin_version (
    bulletin_id    bigint not null references bulletin (id),
    version        integer not null,
    state          text not null,
    card           text not null,           -- JSON of Card
    created_ms     bigint not null,
    primary key (bulletin_id, version)
);

create table destination (
    id             $identity$,
    platform       text not null,
    workspace      text not null,
    kind           text not null,           -- channel, person
    address        text not null,
    lane           text not null,
    is_open        integer not null default 1,   -- 0: an admin removed the channel, or a person left
    added_by       text not null,
    added_ms       bigint not null,
    standing       text not null default 'good', -- good, resting, suspended
    level          integer not null default 0,   -- step of the back-off
    until_ms       bigint,
    reason         text,
    remedy         text,
    unique (platform, workspace, kind, address)
);
create index destination_lane on destination (lane);

create table subscription (
    id             $identity$,
    destination_id bigint not null references destination (id),
    topic          text not null,           -- topic code; 'all' for everything
    name           text not null,
    created_by     text not null,
    created_ms     bigint not null,
    unique (destination_id, topic)
);
create index subscription_topic on subscription (topic, destination_id);

create table story_choice (                 -- a destination's word on one story
    destination_id bigint not null references destination (id),
    story_id       bigint not null references story (id),
    choice         text not null,           -- follow, mute
    primary key (destination_id, story_id)
);
create index story_choice_story on story_choice (story_id, choice);

-- A promise: this destination shall show this version of this bulletin. Rows come by INSERT..SELECT from the tables they
-- point to, a hundred thousand at a time, and neither table ever loses a row: foreign keys would only cost.
create table delivery (
    id                $identity$,
    bulletin_id       bigint not null,
    destination_id    bigint not null,
    lane              text not null,
    rank              integer not null,      -- kill 0, correction 1, flash 2, urgent 3, routine 4, digest 5
    wanted_version    integer not null,
    shown_version     integer not null default 0,
    receipt_channel   text,
    receipt_message   text,
    state             text not null,         -- due, claimed, done, refused, doubt, gone, dropped
    epoch             bigint not null default 0,
    claim_no          bigint not null default 0, -- tells two claims of one owner apart
    claim_until_ms    bigint,
    attempted_ms      bigint,                -- written before the request leaves; null when its outcome is known
    attempted_version integer,               -- what the first attempt without an outcome carried
    attempts          integer not null default 0,
    anew              integer not null default 0, -- how often it was posted anew after a moderator removed it
    not_before_ms     bigint not null default 0,
    note              text,                  -- why it waits, was refused or is in doubt
    created_ms        bigint not null,
    wanted_ms         bigint not null,       -- when the wanted version was asked for
    settled_ms        bigint,                -- when it was last shown as wanted
    unique (bulletin_id, destination_id)
);
create index delivery_due on delivery (lane, rank, id, not_before_ms) where state = 'due';
create index delivery_claimed on delivery (lane) where state = 'claimed';
create index delivery_destination on delivery (destination_id);
create index delivery_doubt on delivery (id) where state = 'doubt';

create table lane (
    name           text primary key,
    epoch          bigint not null,         -- raised by each new owner; what an older one holds is void
    owner          text not null,
    taken_ms       bigint not null
);

create table installation (                 -- one row: keeps the keys of two databases apart on one platform
    id             integer primary key,
    name           text not null
);

create table wire_file (                    -- what was read from the wire folder, by content
    hash           text primary key,
    name           text not null,
    read_ms        bigint not null
);
