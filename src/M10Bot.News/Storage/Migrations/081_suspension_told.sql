-- Whether the admin who brought the bot into a channel was told that it is suspended, and when they were told last.

alter table destination add column is_told integer not null default 0;
alter table destination add column told_ms bigint;

update destination set is_told = 1 where standing = 'suspended';
