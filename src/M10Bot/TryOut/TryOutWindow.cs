using System.Text.Json.Nodes;
using M10Bot.News.Desk;

namespace M10Bot.TryOut;

/// <summary>The page's view into the bot. The page is up before the bot is; until then nothing has happened.</summary>
internal sealed class TryOutWindow
{
    public WhatHappened? Bot { get; set; }

    public Task<string> WhatHappenedAsync(CancellationToken ct) =>
        Bot is { } bot ? bot.JsonAsync(ct) : Task.FromResult("""{"latency":{"discord_ms":null,"slack_ms":null},"stories":[]}""");

    /// <summary>Sends an article and tells what became of it.</summary>
    /// <exception cref="InvalidOperationException">The wire refused it; the message says why and what to do.</exception>
    public async Task<string> SendAsync(WireDrop wire, string text, CancellationToken ct)
    {
        var name = await wire.DropAsync(text, ct);
        if (await wire.RefusalAsync(name, ct) is { } reason)
        {
            throw new InvalidOperationException(reason);
        }

        var newest = JsonNode.Parse(await WhatHappenedAsync(ct))!["stories"]!.AsArray().FirstOrDefault();
        return newest is null
            ? $"Sent as {name}."
            : $"Story {newest["id"]}: {newest["change"]}, {newest["ruling"]!["verdict"]} ({newest["ruling"]!["reasons"]![0]}).";
    }
}
