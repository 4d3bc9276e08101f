-- A story that others were put into can be put into another, and taken back link by link.

alter table story_merge add column led text not null default '[]'; -- JSON array: stories whose numbers led to the one that went

create table delivery_move (       -- what delivery.moved_from was, before its bulletin's story was put into yet another
    delivery_id bigint not null references delivery (id) on delete cascade,
    bulletin_id bigint not null,   -- the bulletin it was of meanwhile
    moved_from  bigint not null,
    primary key (delivery_id, bulletin_id)
);
