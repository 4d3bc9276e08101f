-- Where the Slack app is installed. Tokens are encrypted; the keys lie elsewhere.

create table slack_install (
    enterprise     text not null,           -- '' outside Enterprise Grid
    team           text not null,           -- '' for an organisation's install
    bot_user       text not null,
    bot            text not null,
    token          text not null,           -- '' once dead
    refresh_token  text,
    expires_ms     bigint,
    name           text not null,
    installer      text not null,
    installed_ms   bigint not null,
    dead_ms        bigint,                  -- uninstalled or revoked then
    busy_until_ms  bigint not null,         -- a process renews the token until then
    primary key (enterprise, team)
);
