using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace M10Bot.Simulator.Tests.Slack.Checks;

/// <summary>Walks through an install as an admin's browser and the app's server do.</summary>
internal static class Install
{
    public const string Redirect = "https://m10.example.org/slack/oauth";
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public static async Task<(string Token, JsonElement Answer)> RunAsync(SlackBench slack, string team = "T0M10NEWS")
    {
        var query = await AllowAsync(slack, team);
        var answer = await AccessAsync(slack, ("code", query["code"]), ("redirect_uri", Redirect));
        answer.Error().ShouldBeNull();
        return (answer.GetProperty("access_token").GetString()!, answer);
    }

    /// <summary>What the browser is sent back with.</summary>
    public static async Task<Dictionary<string, string>> AllowAsync(SlackBench slack, string team = "T0M10NEWS", string answer = "allow", string redirect = Redirect, string scope = "chat:write,commands")
    {
        using var response = await PostAsync(slack, team, answer, redirect, scope);
        response.StatusCode.ShouldBe(HttpStatusCode.Redirect, await response.Content.ReadAsStringAsync());
        return QueryHelpers.ParseQuery(response.Headers.Location!.Query).ToDictionary(q => q.Key, q => q.Value.ToString(), StringComparer.Ordinal);
    }

    public static async Task<HttpResponseMessage> PostAsync(SlackBench slack, string team, string answer, string redirect, string scope)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["client_id"] = "10.10",
            ["scope"] = scope,
            ["redirect_uri"] = redirect,
            ["state"] = "s-1",
            ["team"] = team,
            ["person"] = "admin",
            ["answer"] = answer,
        });
        return await Http.PostAsync($"{slack.Host.Address}/slack/oauth/v2/authorize", form).WaitAsync(SlackBench.Patience);
    }

    public static async Task<JsonElement> AccessAsync(SlackBench slack, params (string Name, string Value)[] args)
    {
        var pair = Convert.ToBase64String("10.10:simulated-client-secret"u8);
        using var response = await slack.SendAsync("oauth.v2.access", new FormUrlEncodedContent(args.Select(a => KeyValuePair.Create(a.Name, a.Value))), "Basic " + pair);
        return await SlackBench.ReadAsync(response);
    }
}
