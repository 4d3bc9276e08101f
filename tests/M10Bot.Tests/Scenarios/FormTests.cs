using System.Text.Json.Nodes;
using M10Bot.Simulator.Discord;
using M10Bot.Simulator.Discord.Interactions;

namespace M10Bot.Tests.Scenarios;

/// <summary>An admin sets a channel up by picking, in the whole bot.</summary>
public sealed class FormTests
{
    [Fact]
    public async Task An_admin_sets_a_channel_up_by_picking_and_is_told_what_is_missing()
    {
        await using var bot = await RunningBot.StartAsync(open: false);
        var chats = bot.Chats;
        var discord = chats.Simulator.Discord;
        var world = discord.World.ChannelId("world");
        discord.World.SetBotPermissions(world, deny: 1UL << 11);

        var form = new OpenForm(chats, discord.Command("admin", discord.World.ChannelId("breaking-news"), "channel add"));
        await form.ShowsAsync("Which channel shall get which stories?");
        await form.PickAsync("channel", world);
        await form.ShowsAsync("lacks Send Messages");
        await form.PickAsync("topics", "place:ukraine", "place:france");
        await form.WriteAsync("more", "Kenya");
        await form.ShowsAsync("Kenya");
        await form.SendAsync();
        await form.ShowsAsync("Then test again");

        discord.World.SetBotPermissions(world, allow: 1UL << 11);
        await form.SendAsync();
        await form.ShowsAsync("now gets Ukraine, France and Kenya");
        await form.ShowsAsync("A test card stands there.");
        discord.Posts(world).Count(p => p.EphemeralFor is null && p.Json.Contains("EXERCISE", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_role_is_pinged_once_by_a_story_and_never_by_its_changes()
    {
        await using var bot = await RunningBot.StartAsync(open: false);
        var chats = bot.Chats;
        await chats.DiscordCommandAsync("admin", "channel add", ("topics", "everything"), ("ping", "Editors"));
        (await chats.DiscordCommandAsync("admin", "channel ping", ("role", "Editors"), ("from", "breaking"))).ShouldContain("pings the role of flashes and breaking stories");
        (await chats.DiscordCommandAsync("admin", "subscriptions")).ShouldContain("<@&1300000000000000102> — this channel · pings a role");

        await bot.DropAsync("Slug: vote\nUrgency: 3\n\nMinisters agree on a date for the vote\nMinisters agreed on a date on Tuesday.");
        var discord = chats.Simulator.Discord;
        var channel = discord.World.ChannelId("breaking-news");
        await chats.UntilAsync(() => chats.DiscordPosts().Count == 1, "the story is out");
        var post = discord.Posts(channel).Single(p => p is { EphemeralFor: null, IsDeleted: false });
        post.WouldPing.ShouldBe(["role:1300000000000000102"]);

        await bot.DropAsync("Slug: vote\nUrgency: 3\n\nMinisters agree on a date for the vote, 3 May\nMinisters agreed on 3 May on Tuesday.\nThe opposition called the date too early and said that it would go to court.");
        await chats.UntilAsync(() => discord.Posts(channel).Single(p => p is { EphemeralFor: null, IsDeleted: false }) is { Edits: > 0 }, "the update");
        discord.Posts(channel).Single(p => p is { EphemeralFor: null, IsDeleted: false }).WouldPing.ShouldBeEmpty();
    }

    /// <remarks>Seen red: “channel ping” alone took the role away for good, and no answer named one.</remarks>
    [Fact]
    public async Task Channel_ping_alone_shows_the_role_and_what_ends_it_can_be_undone()
    {
        const string Editors = "<@&1300000000000000102>";
        await using var bot = await RunningBot.StartAsync(open: false);
        var (chats, discord) = (bot.Chats, bot.Chats.Simulator.Discord);
        await chats.DiscordCommandAsync("admin", "channel add", ("topics", "Ukraine, NATO"));
        (await chats.DiscordCommandAsync("admin", "channel ping")).ShouldContain("This channel pings nobody");
        (await chats.DiscordCommandAsync("admin", "channel ping", ("role", "Editors"), ("topic", "org:nato"))).ShouldContain(Editors);

        (await chats.DiscordCommandAsync("admin", "channel ping")).ShouldContain($"NATO · {Editors} — of flashes");
        (await chats.DiscordCommandAsync("admin", "channel ping", ("from", "breaking"))).ShouldContain("pings the role of flashes and breaking stories");
        (await chats.DiscordCommandAsync("admin", "channel ping")).ShouldContain($"NATO · {Editors} — of flashes and breaking stories");

        var ended = discord.Command("admin", discord.World.ChannelId("breaking-news"), "channel ping", new Dictionary<string, string>(StringComparer.Ordinal) { ["from"] = "nobody" });
        await chats.UntilAsync(() => discord.ReplyTo(ended) is { IsLoading: false } m && m.Json.Contains("pings nobody", StringComparison.Ordinal), "the role is taken away");
        (await chats.DiscordCommandAsync("admin", "subscriptions")).ShouldNotContain(Editors);
        var reply = discord.ReplyTo(ended)!;
        discord.Component("admin", reply.ChannelId, reply.Id, OpenForm.IdOf(reply, "send=undo"));
        await chats.UntilAsync(() => discord.ReplyTo(ended)!.Json.Contains("Undone", StringComparison.Ordinal), "it is undone, in the place of the answer");
        (await chats.DiscordCommandAsync("admin", "channel ping")).ShouldContain($"NATO · {Editors} — of flashes and breaking stories");
        discord.Breaches.ShouldBeEmpty();
    }
}

/// <summary>A form that the bot has drawn, as the person's client has it.</summary>
internal sealed class OpenForm(Chats chats, string interaction, string person = "admin")
{
    private DiscordSimulator Discord => chats.Simulator.Discord;

    private PostedMessage? Message => Discord.ReplyTo(interaction);

    public Task ShowsAsync(string text) =>
        chats.UntilAsync(() => Message is { IsLoading: false } m && Chats.TextOf(JsonNode.Parse(m.Json)).Contains(text, StringComparison.Ordinal), $"the form says “{text}”");

    public Task PickAsync(string field, params string[] values) => UseAsync($"field={field}", values);

    public Task SendAsync() => UseAsync("send=yes");

    public async Task WriteAsync(string field, string text)
    {
        var opener = "";
        await ActAsync(m => opener = Discord.Component(person, m.ChannelId, m.Id, IdOf(m, "open=texts")));
        var form = IdOf(Message!, "open=texts").Split("|open")[0];
        var before = Message!.Edits;
        await chats.UntilAsync(() => Sent(opener, form, field, text), "the modal is open");
        await chats.UntilAsync(() => Message!.Edits > before, "the form has the text");
    }

    private async Task UseAsync(string part, params string[] values)
    {
        var before = Message!.Edits;
        await ActAsync(m => Discord.Component(person, m.ChannelId, m.Id, IdOf(m, part), values));
        await chats.UntilAsync(() => Message!.Edits > before, $"an answer to {part}");
    }

    private async Task ActAsync(Action<PostedMessage> act)
    {
        await chats.UntilAsync(() => Message is { IsLoading: false }, "the form is there");
        act(Message!);
    }

    private bool Sent(string opener, string form, string field, string text)
    {
        try
        {
            Discord.Modal(person, opener, form, new Dictionary<string, string>(StringComparer.Ordinal) { [field] = text });
            return true;
        }
        catch (DiscordClientException)
        {
            return false; // not open yet
        }
    }

    public static string IdOf(PostedMessage message, string part) =>
        Ids(JsonNode.Parse(message.Json)!["components"]!).Single(id => id.EndsWith($"|{part}", StringComparison.Ordinal));

    private static IEnumerable<string> Ids(JsonNode node) => node switch
    {
        JsonObject o => (o["custom_id"]?.GetValue<string>() is { } id ? [id] : Array.Empty<string>()).Concat(o.Where(p => p.Value is not null).SelectMany(p => Ids(p.Value!))),
        JsonArray a => a.Where(n => n is not null).SelectMany(n => Ids(n!)),
        _ => [],
    };
}
