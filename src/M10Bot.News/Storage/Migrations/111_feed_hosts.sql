-- When a publisher's host may be asked again, for all replicas together.

create table feed_host (
    host    text primary key,
    free_ms bigint not null
);
