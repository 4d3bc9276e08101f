using System.Collections.Concurrent;
using System.Text.Json;
using M10Bot.Simulator.Slack.WebApi;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack.Acting;

/// <summary>Response URLs: five uses in half an hour, no token, no membership, private unless asked otherwise.</summary>
internal sealed class ResponseHooks(SlackCore core)
{
    private const int MostUses = 5;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(30);
    private readonly ConcurrentDictionary<string, Hook> _hooks = new(StringComparer.Ordinal);

    /// <param name="team">Where it was asked for.</param>
    /// <param name="person">Who acted, and sees private answers.</param>
    /// <param name="channel">Where answers go.</param>
    /// <param name="original">The message acted on; null for a command, whose own line no answer can touch.</param>
    /// <param name="typed">The command, shown above a public answer.</param>
    public string New(SlackWorkspace team, SlackPerson person, string channel, string? original, SlackTyped? typed)
    {
        var key = core.NewKey();
        _hooks[key] = new Hook(team, person, channel, original, typed, core.Time.GetUtcNow());
        return $"{core.Address()}/slack/hooks/{(typed is null ? "actions" : "commands")}/{team.Id}/{key}";
    }

    /// <summary>Slack's answer to a use, with its HTTP status.</summary>
    public (int Status, SlackAnswer Answer) Use(string key, string? contentType, byte[] body)
    {
        if (!_hooks.TryGetValue(key, out var hook))
        {
            return (404, SlackAnswer.No("invalid_url"));
        }

        if (core.Time.GetUtcNow() - hook.Made > Life)
        {
            return (404, SlackAnswer.No("expired_url"));
        }

        var (args, error, _) = CallArguments.OfBody(contentType, body);
        if (args is null)
        {
            return (400, SlackAnswer.No(error ?? "invalid_payload"));
        }

        if (Interlocked.Increment(ref hook.Uses) > MostUses)
        {
            return (404, SlackAnswer.No("used_url"));
        }

        var refused = Show(hook.Team, hook.Person, hook.Channel, hook.Original, hook.Typed, args);
        return refused is null ? (200, SlackAnswer.Yes()) : (400, refused);
    }

    /// <summary>An answer that came with the acknowledgement of a command.</summary>
    public SlackAnswer? Answer(SlackWorkspace team, SlackPerson person, string channel, SlackTyped typed, JsonElement payload)
    {
        var (args, _, _) = CallArguments.OfBody("application/json; charset=utf-8", JsonSerializer.SerializeToUtf8Bytes(payload));
        return args is null ? SlackAnswer.No("invalid_payload") : Show(team, person, channel, null, typed, args);
    }

    private SlackAnswer? Show(SlackWorkspace team, SlackPerson person, string channelId, string? original, SlackTyped? typed, CallArguments args)
    {
        if (MessageContent.Read(args, isUpdate: false, team, out var content) is { } wrong)
        {
            return wrong;
        }

        var isPublic = args.Text("response_type") is "in_channel";
        var kind = "message.create";
        SlackMessage message;
        lock (team.Gate)
        {
            var channel = team.Channel(channelId)!;
            var replaced = original is null ? null : channel.Find(original);
            if (replaced is not null && args.Flag("delete_original"))
            {
                message = replaced with { IsDeleted = true };
                channel.Replace(message);
                kind = "message.delete";
            }
            else if (content.IsEmpty && !(isPublic && typed is not null))
            {
                return SlackAnswer.No("no_text");
            }
            else if (replaced is not null && args.Flag("replace_original"))
            {
                message = replaced with { Text = content.Text ?? "", Blocks = content.Blocks, Attachments = content.Attachments, Version = replaced.Version + 1 };
                channel.Replace(message);
                kind = "message.update";
            }
            else
            {
                message = PostMethods.Compose(team, channel, content) with
                {
                    EphemeralFor = isPublic ? null : person.Id,
                    Command = isPublic ? typed : null,
                    ThreadTs = args.Text("thread_ts") is { } thread && channel.Find(thread) is { EphemeralFor: null } parent ? parent.ThreadTs ?? parent.Ts : null,
                };
                channel.Add(message);
            }
        }

        core.Tell(team, kind, message);
        return null;
    }

    private sealed class Hook(SlackWorkspace team, SlackPerson person, string channel, string? original, SlackTyped? typed, DateTimeOffset made)
    {
        public int Uses;

        public SlackWorkspace Team { get; } = team;

        public SlackPerson Person { get; } = person;

        public string Channel { get; } = channel;

        public string? Original { get; } = original;

        public SlackTyped? Typed { get; } = typed;

        public DateTimeOffset Made { get; } = made;
    }
}
