-- What came over the wire as ninjs items, by what they are known again.

create table wire_item (
    source         text not null,
    uri            text not null,
    version        text not null,           -- as its sender writes it; where it writes none, when it was made, else a hash of what it says
    made_ms        bigint,                  -- orders versions that are no whole numbers
    filed_ms       bigint not null,
    primary key (source, uri, version)
);
