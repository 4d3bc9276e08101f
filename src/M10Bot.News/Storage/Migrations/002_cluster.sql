-- Who is a replica of this installation. Used where section Cluster is set; empty anywhere else.

create table cluster (
    name           text primary key,
    version        integer not null,        -- rises with every change of who is in and how each stands
    etag           bigint not null          -- what a change must have read; rises with it
);

create table replica (
    cluster        text not null,
    address        text not null,           -- host:port@start: a program that starts again is another replica
    host           text not null,
    name           text not null,
    status         integer not null,        -- as Orleans numbers it: 3 active, 6 dead
    proxy_port     integer not null,
    suspicions     text not null,           -- JSON array of [address, milliseconds]: who found it silent, and when
    started_ms     bigint not null,
    alive_ms       bigint not null,         -- when it last wrote that it lives
    etag           bigint not null,         -- the cluster's, as of the row's last change; a sign of life is none
    primary key (cluster, address)
);
