using Dapper;
using M10Bot.News.Storage;
using Microsoft.AspNetCore.DataProtection;
using System.Security.Cryptography;

namespace M10Bot.Slack.Workspaces;

/// <summary>The table of installs. Tokens stand in it encrypted, each bound to its workspace; the keys lie in a folder, not in the database.</summary>
internal sealed class InstallStore(Database database, IDataProtectionProvider protection, TimeProvider time)
{
    private const string Columns =
        """
        enterprise as Enterprise, team as Team, bot_user as BotUser, bot as Bot, token as Token, refresh_token as RefreshToken, expires_ms as ExpiresMs,
        name as Name, installer as Installer, installed_ms as InstalledMs
        """;

    /// <summary>Those that live; one whose token cannot be decrypted is left out and named.</summary>
    public async Task<(IReadOnlyList<SlackInstall> Installs, IReadOnlyList<string> Unreadable)> ListAsync(CancellationToken ct)
    {
        var rows = await database.ReadAsync(
            connection => connection.QueryAsync<Row>(new CommandDefinition($"select {Columns} from slack_install where dead_ms is null order by team", cancellationToken: ct)), ct);
        List<SlackInstall> installs = [];
        List<string> unreadable = [];
        foreach (var row in rows)
        {
            try
            {
                installs.Add(Read(row));
            }
            catch (CryptographicException)
            {
                unreadable.Add($"{row.Enterprise}/{row.Team}");
            }
        }

        return (installs, unreadable);
    }

    /// <summary>Writes a new install, or a newer one of the same place.</summary>
    public Task SaveAsync(SlackInstall install, CancellationToken ct)
    {
        var secrets = Protector(install.Enterprise, install.Team);
        var values = new
        {
            install.Enterprise,
            install.Team,
            install.User,
            install.Bot,
            token = secrets.Protect(install.Token),
            refresh = install.RefreshToken is { } refresh ? secrets.Protect(refresh) : null,
            expires = install.Expires?.ToUnixTimeMilliseconds(),
            install.Name,
            install.Installer,
            installed = install.Installed.ToUnixTimeMilliseconds(),
        };
        return database.WriteAsync(
            tx => tx.Connection!.ExecuteAsync(new CommandDefinition(
                """
                insert into slack_install (enterprise, team, bot_user, bot, token, refresh_token, expires_ms, name, installer, installed_ms, busy_until_ms)
                values (@Enterprise, @Team, @User, @Bot, @token, @refresh, @expires, @Name, @Installer, @installed, 0)
                on conflict (enterprise, team) do update set bot_user = excluded.bot_user, bot = excluded.bot, token = excluded.token,
                    refresh_token = excluded.refresh_token, expires_ms = excluded.expires_ms, name = excluded.name, installer = excluded.installer,
                    installed_ms = excluded.installed_ms, dead_ms = null, busy_until_ms = 0
                """,
                values,
                tx,
                cancellationToken: ct)),
            ct);
    }

    /// <summary>Writes an install's next token; an install that ended, or made way for a newer one, meanwhile is not brought back.</summary>
    /// <returns>False where it was not written.</returns>
    public Task<bool> RenewAsync(SlackInstall install, CancellationToken ct)
    {
        var secrets = Protector(install.Enterprise, install.Team);
        var values = new
        {
            install.Enterprise,
            install.Team,
            token = secrets.Protect(install.Token),
            refresh = install.RefreshToken is { } refresh ? secrets.Protect(refresh) : null,
            expires = install.Expires?.ToUnixTimeMilliseconds(),
            installed = install.Installed.ToUnixTimeMilliseconds(),
        };
        return database.WriteAsync(
            async tx => await tx.Connection!.ExecuteAsync(new CommandDefinition(
                """
                update slack_install set token = @token, refresh_token = @refresh, expires_ms = @expires, busy_until_ms = 0
                where enterprise = @Enterprise and team = @Team and dead_ms is null and installed_ms = @installed
                """,
                values,
                tx,
                cancellationToken: ct)) == 1,
            ct);
    }

    /// <summary>One process refreshes a token at a time; its successor comes before the claim ends.</summary>
    public Task<bool> ClaimAsync(SlackInstall install, TimeSpan lasts, CancellationToken ct) => database.WriteAsync(
        async tx => await tx.Connection!.ExecuteAsync(new CommandDefinition(
            "update slack_install set busy_until_ms = @until where enterprise = @Enterprise and team = @Team and dead_ms is null and busy_until_ms <= @now",
            new { install.Enterprise, install.Team, now = Now, until = Now + (long)lasts.TotalMilliseconds },
            tx,
            cancellationToken: ct)) == 1,
        ct);

    /// <summary>Wipes the tokens of an install that is older than what happened; a newer one is left alone.</summary>
    /// <returns>False where there is a newer one, or none.</returns>
    public Task<bool> EndAsync(SlackInstall install, DateTimeOffset happened, CancellationToken ct) => database.WriteAsync(
        async tx => await tx.Connection!.ExecuteAsync(new CommandDefinition(
            """
            update slack_install set token = '', refresh_token = null, dead_ms = @now
            where enterprise = @Enterprise and team = @Team and dead_ms is null and installed_ms <= @happened
            """,
            new { install.Enterprise, install.Team, now = Now, happened = happened.ToUnixTimeMilliseconds() },
            tx,
            cancellationToken: ct)) == 1,
        ct);

    /// <summary>Workspaces whose install ended before then, and are to be forgotten; each is returned once.</summary>
    public Task<IReadOnlyList<string>> ForgottenAsync(DateTimeOffset before, CancellationToken ct) => database.WriteAsync<IReadOnlyList<string>>(
        async tx => [.. await tx.Connection!.QueryAsync<string>(new CommandDefinition(
            "delete from slack_install where dead_ms < @before returning team", new { before = before.ToUnixTimeMilliseconds() }, tx, cancellationToken: ct))],
        ct);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private SlackInstall Read(Row row)
    {
        var secrets = Protector(row.Enterprise, row.Team);
        return new SlackInstall
        {
            Enterprise = row.Enterprise,
            Team = row.Team,
            User = row.BotUser,
            Bot = row.Bot,
            Token = secrets.Unprotect(row.Token),
            RefreshToken = row.RefreshToken is { } refresh ? secrets.Unprotect(refresh) : null,
            Expires = row.ExpiresMs is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null,
            Name = row.Name,
            Installer = row.Installer,
            Installed = DateTimeOffset.FromUnixTimeMilliseconds(row.InstalledMs),
        };
    }

    // Bound to its place: a row copied under another workspace's key does not open.
    private IDataProtector Protector(string enterprise, string team) => protection.CreateProtector("M10Bot.Slack.Install", enterprise, team);

    private sealed class Row
    {
        public string Enterprise { get; init; } = "";

        public string Team { get; init; } = "";

        public string BotUser { get; init; } = "";

        public string Bot { get; init; } = "";

        public string Token { get; init; } = "";

        public string? RefreshToken { get; init; }

        public long? ExpiresMs { get; init; }

        public string Name { get; init; } = "";

        public string Installer { get; init; } = "";

        public long InstalledMs { get; init; }
    }
}
