using System.Text.RegularExpressions;
using M10Bot.News.Chat;

namespace M10Bot.News.Tests.Commands;

/// <summary>What was made in English where no reader is known, and kept: told in the reader's language.</summary>
public sealed partial class ToldTextsTests
{
    /// <remarks>What is kept in English is known again by its form: seen red by a form that no file had.</remarks>
    [Theory]
    [InlineData("marked Flash (urgency 1) by the newsroom", "von der Redaktion gekennzeichnet als Blitz (Dringlichkeit 1)")]
    [InlineData("Alba Press, whose feed is trusted, marks it Urgent (urgency 2)", "Alba Press, dessen Feed vertraut wird, kennzeichnet sie als Eilmeldung (Dringlichkeit 2)")]
    [InlineData("about earthquake", "Thema: Erdbeben")]
    [InlineData("an editor holds the story: who said so?", "ein Redakteur hält die Meldung zurück: who said so?")]
    [InlineData("held for an editor: Alba Press tells it too", "für einen Redakteur zurückgehalten: Alba Press berichtet es auch")]
    [InlineData("the server answers 404 (not found)", "der Server antwortet 404 (nicht gefunden)")]
    [InlineData("Check the address for a slip. If the site has no https, type http:// before its address.", "Prüfe die Adresse auf Tippfehler. Hat die Website kein https, schreib http:// vor ihre Adresse.")]
    [InlineData("story 7 is held; release it first", "Meldung 7 ist zurückgehalten; gib sie erst frei")]
    [InlineData("out of story 7", "aus Meldung 7")]
    [InlineData("out of story 7, as news", "aus Meldung 7, als Neuigkeit")]
    [InlineData("the server answers 418", "der Server antwortet 418")]
    [InlineData("the server answers 418 ", "der Server antwortet 418")] // as it was kept once
    [InlineData("held for an editor: the feed of Alba Press links to casino.example, where it never did before", "für einen Redakteur zurückgehalten: der Feed von Alba Press verlinkt auf casino.example, was er noch nie tat")]
    [InlineData("its post may have been archived since", "ihr Beitrag wurde inzwischen vielleicht archiviert")]
    [InlineData("Discord is overloaded", "Discord ist überlastet")] // the table of its errors has a full stop
    [InlineData("the channel is archived.", "der Kanal ist archiviert.")]
    [InlineData("The bot lacks the permission View Channel, Embed Links in the channel.", "Dem Bot fehlt im Kanal das Recht: Kanal anzeigen, Links einbetten.")]
    [InlineData("Give it to the bot there: Edit Channel, Permissions, M10Bot, Send Messages.", "Gib es dem Bot dort: Kanal bearbeiten, Berechtigungen, M10Bot, Nachrichten senden.")]
    [InlineData("the app lacks a permission. Reinstall the app from its manifest and restart with the new bot token.", "der App fehlt ein Recht. Installiere die App neu aus ihrem Manifest und starte mit dem neuen Bot-Token.")]
    [InlineData("The history cannot be read: the bot is not in the channel. Look for the story there before sending it again.", "Der Verlauf ist nicht zu lesen: der Bot ist nicht im Kanal. Such die Meldung dort, bevor du sie noch einmal sendest.")]
    [InlineData("The message stands but could not be published to following channels: The channel no longer exists.", "Die Nachricht steht, ließ sich aber nicht in die folgenden Kanäle veröffentlichen: Den Kanal gibt es nicht mehr.")]
    [InlineData("The title of its post still reads “Talks fail. Kyiv waits”: The thread is locked. Put it right by hand, or let the bot see the forum and manage its threads.", "Der Titel ihres Beitrags lautet noch „Talks fail. Kyiv waits“: Der Thread ist gesperrt. Berichtige ihn von Hand, oder lass den Bot das Forum sehen und seine Threads verwalten.")]
    [InlineData("an editor holds the story: Check the address. Archive some threads, they said", "ein Redakteur hält die Meldung zurück: Check the address. Archive some threads, they said")]
    [InlineData("something that no form has", "something that no form has")]
    [InlineData("", "")]
    public void A_kept_sentence_is_said_in_the_readers_language(string kept, string said)
    {
        Texts.Current = "de";
        Texts.Told(kept).ShouldBe(said);
        Texts.Current = Texts.English;
        Texts.Told(kept).ShouldBe(kept.TrimEnd());
    }

    /// <summary>Why the desk can't do it, and what is wrong with a feed: made in English where no reader is known.</summary>
    /// <remarks>Seen red before the texts were there.</remarks>
    [Theory]
    [InlineData("Desk", "EditorsDesk.cs", "MergeDesk.cs", "SplitDesk.cs", "TopicDesk.cs")]
    [InlineData("Feeds", "FeedClient.cs", "FeedDiscovery.cs", "FeedPoll.cs", "FeedReader.cs", "NetworkGuard.cs")]
    public void Each_obstacle_and_each_remedy_can_be_told_in_other_languages(string folder, params string[] files)
    {
        Texts.Current = "de";
        var reasons = files.SelectMany(f => Obstacle().Matches(File.ReadAllText(Path.Combine(TextsTests.Root().FullName, "src", "M10Bot.News", folder, f))))
            .SelectMany(m => m.Groups["words"].Captures).Select(c => Hole().Replace(c.Value, "7")).ToList();
        reasons.Count.ShouldBeGreaterThan(15);
        reasons.Where(r => Texts.Told(r) == r).ShouldBeEmpty();
    }

    /// <summary>What a platform says of a delivery, why a model's summary is not used, what a delivery is dropped for: all that the desk, receipts, the queue and status show.</summary>
    /// <remarks>Seen red before the texts were there, and by a new reason of each platform.</remarks>
    [Theory]
    [InlineData("M10Bot.Discord", 100, "Outcomes.cs", "Settling.cs", "MissingPermissions.cs", "DiscordPlatform.cs", "Rest/DiscordErrors.cs", "Rest/DiscordRest.cs", "Rest/RateLimits.cs", "Places/ForumPosts.cs", "Places/PostTitles.cs", "Places/Publishing.cs", "Places/PlaceWorker.cs", "Webhooks/WebhookPosts.cs", "Webhooks/WebhookLook.cs")]
    [InlineData("M10Bot.Slack", 60, "SlackOutcomes.cs", "SlackPlatform.cs", "SlackThread.cs", "SlackHistory.cs", "WebApi/SlackErrors.cs", "WebApi/SlackWeb.cs", "Requests/SlackEvents.cs")]
    [InlineData("M10Bot.News", 20, "Reading/Checks/SummaryCheck.cs", "Reading/SummaryMachine.cs", "Desk/SummaryDesk.cs", "Desk/FeedWatch.cs", "Deliveries/DeliveryAct.cs", "Deliveries/LaneRunner.cs", "Deliveries/LaneWork.cs")]
    [InlineData("M10Bot.Llm", 7, "LlmClient.cs", "LlmHandler.cs")]
    public void Each_note_of_a_delivery_and_each_remedy_can_be_told_in_other_languages(string project, int least, params string[] files)
    {
        Texts.Current = "uk";
        var notes = files.SelectMany(f => CodeWords.Of(File.ReadAllText(Path.Combine(TextsTests.Root().FullName, "src", project, f))))
            .Where(l => l.Words > (l.IsFormat ? 0 : 1) && !l.Text.Contains('_', StringComparison.Ordinal) && !NotToTell.Contains(l.Text))
            .Select(l => l.Text).ToList();
        notes.Count.ShouldBeGreaterThan(least);
        notes.Where(n => Texts.Told(n) == n).ShouldBeEmpty();
    }

    /// <summary>Why a delivery was dropped stands in the statement that drops it.</summary>
    /// <remarks>Seen red before the texts were there.</remarks>
    [Fact]
    public void Each_note_in_a_statement_can_be_told_in_other_languages()
    {
        Texts.Current = "uk";
        var notes = Directory.EnumerateFiles(Path.Combine(TextsTests.Root().FullName, "src", "M10Bot.News"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(f => Note().Matches(File.ReadAllText(f))).Select(m => m.Groups["words"].Value).Distinct(StringComparer.Ordinal).ToList();
        notes.Count.ShouldBeGreaterThan(6);
        notes.Where(n => Texts.Told(n) == n).ShouldBeEmpty();
    }

    // For the log alone, or the same in every language.
    private static readonly string[] NotToTell = ["no code", "HTTP 7"];

    [GeneratedRegex(@"(?:NotPossible|Failed|Nothing|NotAFeed|GuardException|TopicOutcome|new)\((?:[^""\n(]*, )?\$?""(?<words>\w+ [\w{][^""\n]*)""(?:, \$?""(?<words>\w+ [\w{][^""\n]*)"")?|(?:[?:]|=>|return) \$?""(?<words>\w+ [\w{][^""\n]*)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Obstacle();

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hole();

    [GeneratedRegex(@"\b(?:note|reason) = '(?<words>[^']+)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Note();
}
