using System.Globalization;
using M10Bot.News.Chat;
using M10Bot.News.Subscriptions;

namespace M10Bot.News.Commands;

internal sealed class PaceCommand(Places places, PaceStore paces) : ICommand
{
    private const string QuietOption = "quiet";
    private const string ZoneOption = "zone";
    private const string MostOption = "most";
    private const string Off = "off";

    public CommandSpec Spec { get; } = new(
        "pace",
        "Set quiet hours and the most new stories a day",
        Role.Member,
        new CommandOption(QuietOption, "From and to, as 22:00-07:00; off ends them", OptionKind.Text),
        new CommandOption(ZoneOption, "Where the hours count, as Europe/Kyiv; UTC if left out", OptionKind.Text),
        new CommandOption(MostOption, "New stories in 24 hours; 0 for no limit", OptionKind.Number) { Range = (0, 200) },
        Places.WhereOption);

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        var place = await places.OfAsync(request, ct);
        var isAsked = request.Arguments.Keys.Any(k => k is QuietOption or MostOption or ZoneOption);
        if (isAsked && place.Kind is DestinationKind.Channel && request.Caller.Role < Role.Admin)
        {
            return Wording.Answer(
                "Only admins set a channel's pace", "For your direct messages say “me”, or ask an admin.", Wording.Button("Subscriptions", "subscriptions"));
        }

        var before = await paces.FindAsync(place, ct);
        if (!isAsked)
        {
            return Told(before, place, request);
        }

        var zone = request.Arguments.GetValueOrDefault(ZoneOption) ?? before.Quiet?.Zone ?? "UTC";
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        {
            return Wording.Answer(Texts.Say($"{Wording.Quote(zone)} is no known time zone"), "It is a region and a city, as Europe/Kyiv or America/New_York, or UTC.");
        }

        var quiet = before.Quiet is null ? null : before.Quiet with { Zone = zone };
        if (request.Arguments.TryGetValue(QuietOption, out var typed) && !TryRead(typed, zone, out quiet))
        {
            return Wording.Answer(Texts.Say($"{Wording.Quote(typed)} are no quiet hours"), "Give two times with a hyphen between, as 22:00-07:00, or off.");
        }

        var most = request.Arguments.TryGetValue(MostOption, out var number) ? int.Parse(number, CultureInfo.InvariantCulture) : before.DailyMost;
        var pace = new Pace(quiet, most is > 0 ? most : null);
        await paces.SetAsync(place, pace, request.Caller.Id, ct);
        return Told(pace, place, request);
    }

    private static CommandReply Told(Pace pace, Destination place, CommandRequest request)
    {
        var card = new Card
        {
            Headline = pace == Pace.Free ? Texts.Say($"Stories come to {Wording.Place(place, request)} as they happen") : Texts.Say($"The pace of {Wording.Place(place, request)}"),
            Lines = pace == Pace.Free ? ["Quiet hours hold new stories back until their end; a limit keeps the less urgent away."] : ["A flash comes at any time, and messages that stand go on changing."],
            Facts =
            [
                new CardFact("Quiet", pace.Quiet is { } hours ? Hours(hours) : "never"),
                new CardFact("New stories in 24 hours", pace.DailyMost is { } most ? most.ToString(CultureInfo.InvariantCulture) : "no limit"),
            ],
            Actions =
            [
                .. pace.DailyMost is null ? new[] { Wording.Button("At most 10 a day", "pace", (MostOption, "10"), (Places.Where, Places.WordFor(place))) } : [],
                .. pace.Quiet is not null ? new[] { Wording.Button("No quiet hours", "pace", (QuietOption, Off), (Places.Where, Places.WordFor(place))) } : [],
                .. pace.DailyMost is not null ? new[] { Wording.Button("No limit", "pace", (MostOption, "0"), (Places.Where, Places.WordFor(place))) } : [],
                Wording.Button("Subscriptions", "subscriptions"),
            ],
        };
        return new CommandReply(card);
    }

    private static string Hours(QuietHours hours) =>
        string.Create(CultureInfo.InvariantCulture, $"{hours.From:HH\\:mm}–{hours.To:HH\\:mm} {hours.Zone}");

    private static bool TryRead(string typed, string zone, out QuietHours? hours)
    {
        hours = null;
        if (typed.Trim().Equals(Off, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var parts = typed.Split(['-', '–', '—'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        string[] forms = ["H:mm", "HH:mm", "H.mm", "H"];
        if (parts.Length != 2
            || !TimeOnly.TryParseExact(parts[0], forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var from)
            || !TimeOnly.TryParseExact(parts[1], forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var to)
            || from == to)
        {
            return false;
        }

        hours = new QuietHours(from, to, zone);
        return true;
    }
}
