-- What editors decide by hand.

create table desk_hold (                    -- an editor keeps a story back, whatever comes of it meanwhile
    story_id       bigint primary key references story (id),
    by_whom        text not null,           -- platform/workspace/person
    reason         text not null,
    at_ms          bigint not null
);

create table desk_act (                     -- who did what; rows are never changed
    id             $identity$,
    story_id       bigint not null references story (id),
    verb           text not null,           -- hold, release, correct, kill, settle
    by_whom        text not null,
    words          text not null,
    version        integer,                 -- of the bulletin that it made; null where it made none
    at_ms          bigint not null
);
create index desk_act_story on desk_act (story_id, id);
