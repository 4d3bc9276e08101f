using System.Text.Json.Nodes;

namespace M10Bot.Simulator.Tests.Discord.Checks;

/// <summary>Short words for the 68 checks of the rule book (its §8): a test is named <c>Check_NN_…</c> after the one it proves.</summary>
internal static class Check
{
    public static JsonObject Json(string json) => (JsonObject)JsonNode.Parse(json)!;

    public static string Long(int length) => new('x', length);

    public static void ShouldBeRefused(this Reply reply, int status, int code) => (reply.Status, reply.Code).ShouldBe((status, code), reply.Body.ToString());

    public static string Messages(this DiscordBench bench, string? channel = null) => $"channels/{channel ?? bench.News}/messages";

    public static string Channel(this DiscordBench bench, string name) => bench.Discord.World.ChannelId(name);

    public static string Guild(this DiscordBench bench) => bench.Discord.World.MainGuildId;

    /// <summary>Registers a command and listens for what people do.</summary>
    public static async Task<GatewayClient> ListenAsync(this DiscordBench bench, params string[] commands)
    {
        (await bench.RegisterAsync([.. commands.Select(c => JsonNode.Parse(c)!)])).Status.ShouldBe(200);
        var (client, _) = await GatewayClient.ReadyAsync(bench, intents: 0);
        return client;
    }
}
