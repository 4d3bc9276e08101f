-- What may begin only every so often, whichever replica begins it: when the next may.
create table turn (
    name           text not null primary key,
    free_ms        bigint not null
);
