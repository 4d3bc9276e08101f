-- Links under which the list of feeds can be fetched for a while.

create table feed_list_link (
    key_hash text primary key,  -- of the key in the link: what stands here opens nothing
    until_ms bigint not null
);
