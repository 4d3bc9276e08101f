using System.Reflection;
using System.Text.RegularExpressions;

namespace M10Bot.Simulator.Tests.Slack.Checks;

/// <summary>
/// What an honest simulator of Slack must enforce, as a list of fifty. A test that begins with <c>Check_07_</c> breaks rule 7
/// and sees the documented refusal.
/// </summary>
/// <remarks>Seen red with one of the tests renamed.</remarks>
public sealed partial class CheckTableTests
{
    private static readonly string[] Checks =
    [
        "unknown method, wrong, missing, dead and expired tokens",
        "a token in a query or a JSON body does not count; the header's letter case does",
        "scopes per method and kind of channel, with needed, provided and x-oauth-scopes",
        "bad content types, broken JSON, no charset",
        "JSON to a method that reads forms counts for nothing",
        "HTTP 200 for refusals; 429 with whole seconds",
        "minute windows per method, workspace and app; posts per channel and per workspace",
        "the profile of distributed apps: one history read a minute, fifteen messages",
        "ts: strings, unique, rising; numbers are refused",
        "where nobody may post: not a member, archived, read-only, threads only",
        "a post to a person lands in their direct messages",
        "no text; markdown with text",
        "Block Kit limits, each with its place",
        "too much text in blocks, in an edit, in a post",
        "entities are parsed; whom a post would notify is kept",
        "bare names and addresses come alive where Slack lets them",
        "edits: author, blocks, metadata, attachments, the edited mark, closed windows",
        "deletions: author, twice, orphaned threads, other names",
        "threads: a reply to a reply, no parent, broadcasts",
        "ephemeral messages",
        "metadata in full on request only; its size; scheduled with it never posts",
        "history: membership, order, bounds, cursors, short pages",
        "lists: pages, archived, private, organisations' team_id",
        "joining and opening conversations",
        "people: guests, strangers, deleted, no time zone, locale and e-mail",
        "permalinks of messages that exist",
        "client_msg_id dedupes only by a switch",
        "faults on any call",
        "trigger ids: three seconds, once, for one person and app",
        "views: limits, stack, hash, external ids, home",
        "typed values outlive an update for the same ids; untouched ones are null",
        "answers to a submitted view",
        "closing a view",
        "options from the app",
        "elements of the current version, and stale ones",
        "response URLs",
        "slash commands",
        "events: subscribed, scoped, visible; one's own too",
        "envelopes and retries of events",
        "signed requests, and all that can be wrong with them",
        "Socket Mode or HTTP, never both",
        "sockets: tickets, hello, ten at most, one envelope to one of them",
        "what comes with an acknowledgement",
        "how sockets end",
        "events while nobody listens, twice, out of order, in pieces, behind garbage",
        "the life of channels and installs",
        "OAuth: state, codes, redirects, organisations, rotation",
        "two workspaces with alike ids; strangers in a shared channel",
        "the manifest: checked, and the source of scopes, events, commands and URLs",
        "a clock for every limit, a journal of every request, complaints, loopback, no real tokens",
    ];

    [Fact]
    public void Every_check_has_a_test_that_breaks_the_rule()
    {
        var tested = typeof(CheckTableTests).Assembly.GetTypes()
            .Where(t => t.Namespace?.StartsWith("M10Bot.Simulator.Tests.Slack", StringComparison.Ordinal) == true)
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance))
            .Where(m => m.GetCustomAttribute<FactAttribute>() is not null)
            .Select(m => Number().Match(m.Name))
            .Where(m => m.Success)
            .Select(m => int.Parse(m.Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture))
            .ToHashSet();
        Checks.Select((what, i) => (Number: i + 1, What: what)).Where(c => !tested.Contains(c.Number)).ShouldBeEmpty();
        tested.ShouldAllBe(n => n >= 1 && n <= Checks.Length);
        Checks.Length.ShouldBe(50);
    }

    [GeneratedRegex(@"^Check_(?<number>\d\d)_", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Number();
}
