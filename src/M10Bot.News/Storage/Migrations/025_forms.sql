-- A form that somebody is filling in: the answers so far, and how it ended. Gone an hour after it was opened.
create table form (
    form_key       text primary key,
    platform       text not null,
    workspace      text not null,
    channel        text not null,           -- where it was opened
    is_direct      integer not null,
    person         text not null,           -- the only one who may answer
    command        text not null,           -- runs with the answers
    answers        text not null,           -- JSON of FormAnswers
    sent_ms        bigint,                  -- being carried out since
    ended          text,                    -- JSON of the card that ended it
    expires_ms     bigint not null
);
create index form_expires on form (expires_ms);
