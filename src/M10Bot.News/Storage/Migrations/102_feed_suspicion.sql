-- When an admin was last told that a feed is not itself.

alter table feed add column suspect_ms bigint;
