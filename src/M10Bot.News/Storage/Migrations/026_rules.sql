-- What a subscription lets through and whom it pings; when a destination is quiet, and how much it takes.
alter table subscription add column least_urgency integer not null default 9;  -- stories of this urgency and higher (a lower number)
alter table subscription add column ping_role text;                            -- null: nobody is pinged
alter table subscription add column ping_urgency integer not null default 0;   -- stories of this urgency and higher ping
drop index subscription_topic;
create index subscription_topic on subscription (topic, least_urgency, destination_id);

alter table destination add column quiet_from integer;      -- minutes after midnight; null: never quiet
alter table destination add column quiet_to integer;
alter table destination add column quiet_zone text;         -- IANA name
alter table destination add column daily_most integer;      -- new stories in 24 hours; null: no limit

alter table delivery add column ping_role text;             -- pinged by the first post
drop index delivery_destination;
create index delivery_destination on delivery (destination_id, created_ms);
