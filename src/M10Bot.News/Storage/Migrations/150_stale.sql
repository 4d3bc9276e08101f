-- Readers still see something of an earlier version beside the message, such as the title of a forum's post: not proved.
alter table delivery add column is_stale integer not null default 0;
