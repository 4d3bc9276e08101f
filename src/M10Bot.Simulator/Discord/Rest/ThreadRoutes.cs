using System.Globalization;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Discord.State;
using M10Bot.Simulator.Discord.Validation;

namespace M10Bot.Simulator.Discord.Rest;

/// <summary>Threads: from a message, on their own, as posts of a forum; archived, renamed, listed.</summary>
internal sealed class ThreadRoutes(World world, ChannelDoor door, ThreadDesk threads, MessageDesk messages, DiscordLimits limits)
{
    private const int MaxTags = 5;
    private readonly TextFilters _filters = new(world);
    private const string Members = "channels/{channel}/thread-members/@me";
    private static readonly Budget Create = new("thread-create", 50, TimeSpan.FromMinutes(5));
    private static readonly Budget Reads = new("threads", 50, TimeSpan.FromSeconds(1));

    public IEnumerable<Route> All =>
    [
        new("POST", "channels/{channel}/messages/{message}/threads", FromMessage) { BudgetOf = _ => Create, Major = "channel" },
        new("POST", "channels/{channel}/threads", WithoutMessage) { BudgetOf = _ => Create, Major = "channel" },
        new("PUT", Members, Join) { BudgetOf = _ => Reads, Major = "channel" },
        new("DELETE", Members, Join) { BudgetOf = _ => Reads, Major = "channel" },
        new("GET", "guilds/{guild}/threads/active", Active) { BudgetOf = _ => Reads, Major = "guild" },
    ];

    private Answer FromMessage(Call call)
    {
        if (door.Find(call, out var message) is { } missing)
        {
            return missing;
        }

        var parent = message.Channel;
        if (parent.Guild is null || parent.IsThread || parent.IsForum)
        {
            return Answer.WrongChannelType;
        }

        if (!door.May(parent, DiscordPermission.CreatePublicThreads))
        {
            return Answer.MissingPermissions;
        }

        if (message.Thread is not null)
        {
            return Answer.Error(400, 160004, "A thread has already been created for this message");
        }

        var errors = new FormErrors();
        var form = ThreadForm.Read(new Fields(call.Body, "", errors));
        if (Refuse(parent, errors) is { } refused)
        {
            return refused;
        }

        var type = parent.Type == Channel.Announcement ? Channel.AnnouncementThread : Channel.PublicThread;
        var thread = threads.Open(message.Id, form.Name, parent, type, world.Bot, form.ArchiveAfter);
        message.Thread = thread;
        message.Flags |= StoredMessage.HasThread;
        threads.Announce(thread);
        messages.Retell(message);
        return new Answer(201, Rendered.Channel(thread));
    }

    private Answer WithoutMessage(Call call)
    {
        if (door.Reach(call, out var parent) is { } closed)
        {
            return closed;
        }

        return parent.IsForum ? Post(call, parent) : Bare(call, parent);
    }

    private Answer Bare(Call call, Channel parent)
    {
        if (parent.Type is not (Channel.Text or Channel.Announcement))
        {
            return Answer.WrongChannelType;
        }

        var errors = new FormErrors();
        var fields = new Fields(call.Body, "", errors);
        var form = ThreadForm.Read(fields);
        var type = (int)(fields.IsObject ? fields.Whole("type", 0, 100) ?? Channel.PrivateThread : 0); // documented: private unless told otherwise
        int[] allowed = parent.Type == Channel.Announcement ? [Channel.AnnouncementThread] : [Channel.PublicThread, Channel.PrivateThread];
        if (!allowed.Contains(type))
        {
            var choices = string.Join(", ", allowed.Select(a => a.ToString(CultureInfo.InvariantCulture)));
            errors.Add("type", "BASE_TYPE_CHOICES", $"Value must be one of ({choices}).");
        }

        var needed = type == Channel.PrivateThread ? DiscordPermission.CreatePrivateThreads : DiscordPermission.CreatePublicThreads;
        if (!errors.Any && !door.May(parent, needed))
        {
            return Answer.MissingPermissions;
        }

        if (Refuse(parent, errors) is { } refused)
        {
            return refused;
        }

        var thread = threads.Open(id: null, form.Name, parent, type, world.Bot, form.ArchiveAfter);
        threads.Announce(thread);
        return new Answer(201, Rendered.Channel(thread));
    }

    /// <summary>A forum's post is a thread whose first message has the thread's id.</summary>
    private Answer Post(Call call, Channel forum)
    {
        if (!door.May(forum, DiscordPermission.SendMessages))
        {
            return Answer.MissingPermissions;
        }

        var errors = new FormErrors();
        var fields = new Fields(call.Body, "", errors);
        var form = ThreadForm.Read(fields);
        var body = call.Body.Get("message") ?? default;
        var content = MessageForm.Read(body, errors, MessageKind.Plain, existing: null, "message");
        var (tags, wrong) = ReadTags(fields, forum, errors);
        if (Refuse(forum, errors) is { } refused)
        {
            return refused;
        }

        if (wrong is not null)
        {
            return wrong;
        }

        if (content.IsEmpty)
        {
            return Answer.EmptyMessage;
        }

        if (_filters.Refuse(forum.Guild, call.Body) is { } filtered)
        {
            return filtered;
        }

        if (content.BreaksDiscord)
        {
            return Answer.Error(500, 0, "500: Internal Server Error");
        }

        var thread = threads.Open(id: null, form.Name, forum, Channel.PublicThread, world.Bot, form.ArchiveAfter, tags);
        var first = messages.Post(thread, content, id: thread.Id, quietly: true);
        threads.Announce(thread);
        messages.Announce(first);
        var json = Rendered.Channel(thread);
        json["message"] = Rendered.Message(first);
        return new Answer(201, json);
    }

    private (List<string> Tags, Answer? Refusal) ReadTags(Fields fields, Channel forum, FormErrors errors)
    {
        if (!fields.IsObject)
        {
            return ([], null);
        }

        var tags = (fields.List("applied_tags", MaxTags) ?? []).Select(t => t.ToString()).ToList();
        return (tags, RefuseTags(tags, forum, errors));
    }

    /// <summary>Also for a later change of a post's tags.</summary>
    public Answer? RefuseTags(IReadOnlyList<string> tags, Channel forum, FormErrors errors)
    {
        for (var i = 0; i < tags.Count; i++)
        {
            var tag = forum.Forums!.Tags.Find(t => string.Equals(t.Id, tags[i], StringComparison.Ordinal));
            if (tag is null)
            {
                errors.Add($"applied_tags.{i.ToString(CultureInfo.InvariantCulture)}", "FORUM_TAG_UNKNOWN", "Unknown tag");
            }
            else if (tag.Moderated && !door.May(forum, DiscordPermission.ManageThreads))
            {
                return Answer.MissingPermissions;
            }
        }

        return tags.Count == 0 && forum.Forums!.RequiresTag
            ? Answer.Error(400, 40067, "A tag is required to create a forum post in this channel")
            : null;
    }

    private Answer? Refuse(Channel parent, FormErrors errors) =>
        errors.Any ? Answer.Form(errors)
        : parent.Guild!.Threads.Count(t => !t.Thread!.Archived) >= limits.ActiveThreadsPerGuild ? Answer.Error(400, 160006, "Maximum number of active threads reached")
        : null;

    private Answer Join(Call call) =>
        door.Reach(call, out var channel) is { } closed ? closed
        : !channel.IsThread ? Answer.WrongChannelType
        : channel.Thread!.Archived ? Answer.Archived
        : Answer.Empty;

    private Answer Active(Call call)
    {
        if (!world.Guilds.TryGetValue(call["guild"], out var guild))
        {
            return Answer.Error(404, 10004, "Unknown Guild");
        }

        guild.Threads.ToList().ForEach(threads.Settle);
        var open = guild.Threads.Where(t => !t.Thread!.Archived && door.May(t, DiscordPermission.ViewChannel)).OrderByDescending(t => Snowflakes.Number(t.Id));
        return Answer.Ok(new JsonObject
        {
            ["threads"] = new JsonArray([.. open.Select(t => (JsonNode)Rendered.Channel(t))]),
            ["members"] = new JsonArray(),
            ["has_more"] = false,
        });
    }
}

/// <summary>What every new thread may say.</summary>
internal readonly record struct ThreadForm(string Name, int? ArchiveAfter)
{
    public static ThreadForm Read(Fields fields)
    {
        if (!fields.IsObject)
        {
            return new ThreadForm("", null);
        }

        var name = fields.Text("name", 100, 1, required: true) ?? "";
        fields.Whole("rate_limit_per_user", 0, 21_600);
        return new ThreadForm(name.Trim(), ReadDuration(fields));
    }

    public static int? ReadDuration(Fields fields)
    {
        var minutes = fields.Whole("auto_archive_duration", 0, 10_080);
        if (minutes is { } some && !ThreadLife.Durations.Contains((int)some))
        {
            fields.Wrong("auto_archive_duration", "BASE_TYPE_CHOICES", $"Value must be one of ({string.Join(", ", ThreadLife.Durations)}).");
        }

        return (int?)minutes;
    }
}
