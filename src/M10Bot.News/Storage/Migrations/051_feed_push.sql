-- Which entries were filed, and what hubs push (WebSub).

alter table feed_entry add column is_filed integer not null default 0; -- 0: taken silently, nobody was sent it

alter table feed add column hub text;              -- who pushes what is new in it; null where nobody offers to
alter table feed add column hub_topic text;        -- the feed's address as the hub knows it
alter table feed add column hub_state text;        -- asked, live, refused
alter table feed add column hub_next_ms bigint;    -- when the hub is to be asked (again)
alter table feed add column hub_until_ms bigint;   -- until when it has promised to push

create index feed_hub_due on feed (hub_next_ms) where hub is not null;
