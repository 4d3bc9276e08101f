using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace M10Bot.Benchmarks.Discord;

/// <summary>The fake Discord in a process of its own, and what is asked of it.</summary>
internal sealed class FakeDiscordProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _control = new() { Timeout = TimeSpan.FromMinutes(10) };

    private FakeDiscordProcess(Process process, int port) => (_process, Address) = (process, string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));

    public string Address { get; }

    public string Api => $"{Address}/api/v10";

    public static async Task<FakeDiscordProcess> StartAsync(int guilds = 1, int channels = 1)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "M10Bot.Benchmarks.dll"), "discord-server", $"{port}", $"{guilds}", $"{channels}"])
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        if (await process.StandardOutput.ReadLineAsync() is not "serving")
        {
            throw new InvalidOperationException("The fake Discord did not start.");
        }

        return new FakeDiscordProcess(process, port);
    }

    /// <param name="ceiling">Messages it takes in a second; 0 for as many as come.</param>
    public Task ResetAsync(int ceiling = 0) => GetAsync($"reset/{ceiling}");

    public Task<JsonElement> CountsAsync() => GetAsync("counts");

    public Task<JsonElement> UsableAsync() => GetAsync("usable");

    public Task<JsonElement> AskAsync(string command, int rate, int count) => GetAsync($"ask/{command}/{rate}/{count}");

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _control.Dispose();
    }

    private async Task<JsonElement> GetAsync(string path) =>
        JsonDocument.Parse(await _control.GetStringAsync(new Uri($"{Address}/control/{path}"))).RootElement;
}
