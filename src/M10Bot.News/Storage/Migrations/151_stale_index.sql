-- Looked for at every change of a bot's rights.
create index delivery_stale on delivery (destination_id) where is_stale = 1;
