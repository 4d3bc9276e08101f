using M10Bot.News.Chat;
using M10Bot.News.Commands;

namespace M10Bot.News.Tests.Commands;

public sealed class CommandLineTests
{
    private static readonly CommandSpec[] Specs =
    [
        new("latest", "Show", Role.Member, new CommandOption("topic", "T", OptionKind.Topic), new CommandOption("count", "C", OptionKind.Number)),
        new("summary", "Sum", Role.Member, new CommandOption("story", "S", OptionKind.Story, IsRequired: true)),
        new(
            "subscribe",
            "Sub",
            Role.Member,
            new CommandOption("topic", "T", OptionKind.Topic, IsRequired: true),
            new CommandOption("where", "W", OptionKind.Choice, Choices: ["here", "me"])),
        new("channel add", "Add", Role.Admin, new CommandOption("channel", "C", OptionKind.Channel), new CommandOption("topics", "T", OptionKind.Text)),
        new("channel remove", "Remove", Role.Admin, new CommandOption("channel", "C", OptionKind.Channel)),
        new("help", "Help", Role.Member, new CommandOption("command", "C", OptionKind.Text)),
        new("kill", "Kill", Role.Editor, new CommandOption("story", "S", OptionKind.Story, IsRequired: true), new CommandOption("reason", "R", OptionKind.Text, IsRequired: true)),
        new("merge", "Merge", Role.Editor, new CommandOption("story", "S", OptionKind.Story, IsRequired: true), new CommandOption("into", "I", OptionKind.Story, IsRequired: true)),
    ];

    public static TheoryData<string, string> Lines => new()
    {
        { "", "help" },
        { "  \u00A0 ", "help" },
        { "latest", "latest" },
        { "LATEST Ukraine", "latest topic=Ukraine" },
        { "latest 5", "latest count=5" },
        { "latest european union 5", "latest count=5 topic=european union" },
        { "latest topic:nato count=3", "latest count=3 topic=nato" },
        { "latest count: 3 nato", "latest count=3 topic=nato" },
        { "latest \"channel 4\"", "latest topic=channel 4" },
        { "subscribe european union here", "subscribe topic=european union where=here" },
        { "subscribe European\u00A0Union HERE", "subscribe topic=European Union where=here" },
        { "Subscribe “European Union” me", "subscribe topic=European Union where=me" },
        { "subscribe „European Union”", "subscribe topic=European Union" },
        { "subscribe «come here»", "subscribe topic=come here" },
        { "subscribe \"european union", "subscribe topic=european union" },
        { "subscribe here", "subscribe where=here" },
        { "subscribe R&amp;D", "subscribe topic=R&D" },
        { "subscribe &lt;!channel&gt;", "subscribe topic=<!channel>" },
        { "subscribe nato\u200B\u202E", "subscribe topic=nato" },
        { "summary 12", "summary story=12" },
        { "summary <https://m10news.com/a?x=1&amp;y=2|m10news.com>", "summary story=https://m10news.com/a?x=1&y=2" },
        { "summary story: security guarantees", "summary story=security guarantees" },
        { "channel add <#C123|news> ukraine, nato", "channel add channel=C123 topics=ukraine, nato" },
        { "channel add ukraine, nato <#C123>", "channel add channel=C123 topics=ukraine, nato" },
        { "Channel  Add", "channel add" },
        { "channel remove #news", "channel remove channel=#news" },
        { "channel remove news", "channel remove channel=news" },
        { "channel ad", "channel ad" },
        { "help channel add", "help command=channel add" },
        { "/help?", "help" },
        { "lates", "lates" },
        { "what is new on ukraine today, please", "what is new on ukraine today," },
        { "<", "<" },
        { "latest 3 nato", "latest count=3 topic=nato" },
        { "\"", "help" },
        { "kill", "kill" },
        { "kill #12 it was wrong", "kill reason=it was wrong story=#12" },
        { "kill 12: it was wrong", "kill reason=it was wrong story=12:" },
        { "kill \"kenya tea\" it was wrong", "kill reason=it was wrong story=kenya tea" },
        { "kill <https://m10news.com/a> it was wrong", "kill reason=it was wrong story=https://m10news.com/a" },
        { "kill story: kenya tea reason: it was wrong", "kill reason=it was wrong story=kenya tea" },
        { "kill reason:it was wrong story:kenya tea", "kill reason=it was wrong story=kenya tea" },
        { "kill reason: it was wrong", "kill reason=it was wrong" },
        { "kill #12 for this reason: it was wrong", "kill reason=for this reason: it was wrong story=#12" },
        { "kill kenya", "kill story=kenya" },
        { "kill kenya tea it was wrong", "kill reason=tea it was wrong story=kenya …" },
        { "kill 12 it was wrong", "kill reason=it was wrong story=12 …" },
        { "merge kenya tea into 12", "merge into=12 story=kenya tea" },
        { "merge 2 1", "merge into=1 story=2 …" },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_line_becomes_a_command_and_its_arguments(string line, string expected) => Shown(CommandLine.Parse(line, Specs)).ShouldBe(expected);

    [Fact]
    public void Nothing_typed_is_too_strange_to_parse()
    {
        var random = new Random(7);
        const string alphabet = "abz 01<>#|&;:=\"“”«»'/\u00A0\u200B\uD83D\uDE00\n\t@!";
        for (var i = 0; i < 20_000; i++)
        {
            var line = new string([.. Enumerable.Range(0, random.Next(30)).Select(_ => alphabet[random.Next(alphabet.Length)])]);
            line = random.Next(3) == 0 ? $"{Specs[random.Next(Specs.Length)].Name} {line}" : line;
            var typed = CommandLine.Parse(line, Specs);
            typed.Command.ShouldNotBeNullOrWhiteSpace();
            typed.Arguments.Values.ShouldAllBe(v => v.Length > 0);
        }
    }

    private static string Shown(TypedCommand typed) =>
        string.Join(' ', typed.Arguments.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key}={a.Value}").Prepend(typed.Command)) + (typed.IsRunOn ? " …" : "");
}
