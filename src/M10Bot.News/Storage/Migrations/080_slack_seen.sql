-- What Slack sent lately, so that a repeat that reaches another replica is known again. Kept for minutes.

create table slack_seen (
    id       text primary key,      -- a hash
    seen_ms  bigint not null
);

create index slack_seen_age on slack_seen (seen_ms);
