-- Workspaces that removed the bot; their data goes when the grace is over, and stays where the bot is invited again in time.
create table departure (
    platform       text not null,
    workspace      text not null,
    left_ms        bigint not null,
    primary key (platform, workspace)
);
