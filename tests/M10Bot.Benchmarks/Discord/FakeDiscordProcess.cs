using System.Text.Json;

namespace M10Bot.Benchmarks.Discord;

/// <summary>The fake Discord in a process of its own, and what is asked of it.</summary>
internal sealed class FakeDiscordProcess : IAsyncDisposable
{
    private readonly ServerProcess _process;
    private readonly HttpClient _control = new() { Timeout = TimeSpan.FromMinutes(10) };

    private FakeDiscordProcess(ServerProcess process) => _process = process;

    public string Address => _process.Address;

    public string Api => $"{Address}/api/v10";

    public static async Task<FakeDiscordProcess> StartAsync(int guilds = 1, int channels = 1) =>
        new(await ServerProcess.StartAsync("discord-server", $"{guilds}", $"{channels}"));

    /// <param name="ceiling">Messages it takes in a second; 0 for as many as come.</param>
    public Task ResetAsync(int ceiling = 0) => GetAsync($"reset/{ceiling}");

    public Task<JsonElement> CountsAsync() => GetAsync("counts");

    public Task<JsonElement> UsableAsync() => GetAsync("usable");

    public Task<JsonElement> AskAsync(string command, int rate, int count) => GetAsync($"ask/{command}/{rate}/{count}");

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _control.Dispose();
    }

    private async Task<JsonElement> GetAsync(string path) =>
        JsonDocument.Parse(await _control.GetStringAsync(new Uri($"{Address}/control/{path}"))).RootElement;
}
