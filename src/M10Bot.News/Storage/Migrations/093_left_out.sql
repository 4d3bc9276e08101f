-- A place that can be served again gets the newest only; how many were left out is said once, with the next message there.
alter table destination add column left_out integer not null default 0;  -- not said yet
alter table delivery add column left_out integer not null default 0;     -- said by this message
create index destination_left_out on destination (id) where left_out > 0;
