using System.Globalization;
using System.Net;
using System.Text;
using M10Bot.Simulator.Slack.Workspaces;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;

namespace M10Bot.Simulator.Slack.Installing;

/// <summary>Where an admin is asked whether the app may be installed: /slack/oauth/v2/authorize.</summary>
internal sealed class AuthorizePage(SlackCore core)
{
    public void Map(IEndpointRouteBuilder slack)
    {
        slack.MapGet("/oauth/v2/authorize", (HttpRequest request) => Ask(request.Query));
        slack.MapPost("/oauth/v2/authorize", AnswerAsync);
    }

    private IResult Ask(IQueryCollection query) => Wrong(query["client_id"], query["scope"], query["redirect_uri"]) is { } wrong
        ? Page("Something went wrong", $"<p>{Html(wrong)}</p>", StatusCodes.Status400BadRequest)
        : Page("Install M10Bot", Form(query), StatusCodes.Status200OK);

    private async Task<IResult> AnswerAsync(HttpRequest request, CancellationToken ct)
    {
        if (!request.HasFormContentType)
        {
            return Page("Something went wrong", "<p>Send the form of this page.</p>", StatusCodes.Status400BadRequest);
        }

        var form = await request.ReadFormAsync(ct);
        var (redirect, state) = ((string?)form["redirect_uri"], (string?)form["state"]);
        if (Wrong(form["client_id"], form["scope"], redirect) is { } wrong)
        {
            return Page("Something went wrong", $"<p>{Html(wrong)}</p>", StatusCodes.Status400BadRequest);
        }

        var target = string.IsNullOrEmpty(redirect) ? core.RedirectUrls[0] : redirect;
        if (form["answer"] != "allow")
        {
            return Results.Redirect(WithQuery(target, ("error", "access_denied"), ("state", state)));
        }

        var (team, org) = FindPlace(form["team"].ToString());
        var installer = FindPerson(team ?? (org?.Snapshot() is [var first, ..] ? first : core.Newsroom), form["person"].ToString());
        if ((team is null && org is null) || installer is null)
        {
            return Page("Something went wrong", "<p>Choose a workspace and a person who is in it.</p>", StatusCodes.Status400BadRequest);
        }

        var code = core.Grants.New(team, org, installer, Scopes(form["scope"]), string.IsNullOrEmpty(redirect) ? null : redirect);
        core.Journal.Write("slack", "oauth.v2.authorize", "allowed", team?.Id ?? org!.Id);
        return Results.Redirect(WithQuery(target, ("code", code), ("state", state)));
    }

    private string? Wrong(string? client, string? scope, string? redirect)
    {
        if (!client.Is(core.Options.SlackClientId))
        {
            return "invalid_client_id: no app has this client_id.";
        }

        if (Scopes(scope) is { Count: > 0 } asked && asked.FirstOrDefault(s => !core.Manifest.Scopes.Contains(s)) is { } unknown)
        {
            return $"invalid_scope: {unknown} is not in the app's manifest.";
        }

        return Scopes(scope).Count == 0 ? "invalid_scope_requested: no scope is asked for."
            : !core.Grants.IsAllowed(string.IsNullOrEmpty(redirect) ? null : redirect) ? "bad_redirect_uri: redirect_uri did not match any configured URIs."
            : null;
    }

    private string Form(IQueryCollection query)
    {
        var html = new StringBuilder("<form method=\"post\">");
        foreach (var name in new[] { "client_id", "scope", "redirect_uri", "state" })
        {
            html.Append(CultureInfo.InvariantCulture, $"<input type=\"hidden\" name=\"{name}\" value=\"{Html(query[name].ToString())}\">");
        }

        html.Append("<p>M10Bot asks to be let into a workspace. It will be able to:</p><ul>");
        foreach (var scope in Scopes(query["scope"]))
        {
            html.Append(CultureInfo.InvariantCulture, $"<li><code>{Html(scope)}</code></li>");
        }

        html.Append("</ul><p><label>Workspace <select name=\"team\">");
        foreach (var (id, name) in core.AllTeams().Select(t => (t.Id, t.Name)).Concat(core.Manifest.IsOrgReady ? core.Orgs.Select(o => (o.Id, o.Name + " (whole organisation)")) : []))
        {
            html.Append(CultureInfo.InvariantCulture, $"<option value=\"{Html(id)}\"{(query["team"] == id ? " selected" : "")}>{Html(name)}</option>");
        }

        html.Append("</select></label></p><p><label>You are <select name=\"person\">");
        foreach (var person in core.AllTeams().SelectMany(People).DistinctBy(p => p.Key, StringComparer.Ordinal))
        {
            html.Append(CultureInfo.InvariantCulture, $"<option value=\"{Html(person.Key)}\"{(person.IsAdmin ? " selected" : "")}>{Html(person.Name)}</option>");
        }

        return html.Append("</select></label></p><p><button name=\"answer\" value=\"allow\">Allow</button> <button name=\"answer\" value=\"cancel\">Cancel</button></p></form>").ToString();
    }

    private (SlackWorkspace? Team, SlackOrg? Org) FindPlace(string id) =>
        (core.AllTeams().FirstOrDefault(t => t.Id.Is(id)), core.Manifest.IsOrgReady ? core.Orgs.Find(o => o.Id.Is(id)) : null);

    private static SlackPerson? FindPerson(SlackWorkspace team, string key)
    {
        lock (team.Gate)
        {
            return team.PersonByKey(key) is { IsBot: false } person ? person : null;
        }
    }

    private static List<SlackPerson> People(SlackWorkspace team)
    {
        lock (team.Gate)
        {
            return [.. team.People.Where(p => !p.IsBot)];
        }
    }

    private static IReadOnlyList<string> Scopes(string? text) =>
        (text ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string WithQuery(string address, params (string Name, string? Value)[] more) =>
        QueryHelpers.AddQueryString(address, more.Where(m => !string.IsNullOrEmpty(m.Value)).Select(m => KeyValuePair.Create(m.Name, m.Value)));

    private static string Html(string text) => WebUtility.HtmlEncode(text);

    private static IResult Page(string title, string body, int status) => Results.Content(
        $"""
        <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{Html(title)}</title>
        <link rel="stylesheet" href="/css/authorize.css"></head><body><main><h1>{Html(title)}</h1>{body}</main></body></html>
        """,
        "text/html; charset=utf-8",
        Encoding.UTF8,
        status);
}
