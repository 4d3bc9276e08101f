using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using M10Bot.Simulator.Discord.State;

namespace M10Bot.Simulator.Discord.Validation;

/// <summary>What <c>allowed_mentions</c> lets through.</summary>
internal sealed partial record AllowedMentions(bool AllUsers, bool AllRoles, bool Everyone, IReadOnlyList<string> Users, IReadOnlyList<string> Roles)
{
    private static readonly AllowedMentions DefaultOfMessages = new(AllUsers: true, AllRoles: true, Everyone: true, [], []);
    private static readonly AllowedMentions DefaultOfReplies = new(AllUsers: true, AllRoles: false, Everyone: false, [], []);

    /// <summary>Those that may be pinged by name, as <see cref="Mentions.WouldPing"/> says it.</summary>
    public IEnumerable<string> Named => Users.Select(u => $"user:{u}").Concat(Roles.Select(r => $"role:{r}"));

    /// <param name="ofReply">Interactions and webhooks parse only users when nothing is said.</param>
    public static AllowedMentions Read(Fields body, FormErrors errors, bool ofReply)
    {
        if (body.Get("allowed_mentions") is not { } value)
        {
            return ofReply ? DefaultOfReplies : DefaultOfMessages;
        }

        var fields = new Fields(value, body.At("allowed_mentions"), errors);
        if (!fields.IsObject)
        {
            return DefaultOfReplies;
        }

        var parse = Texts(fields, "parse", 3);
        for (var i = 0; i < parse.Count; i++)
        {
            if (parse[i] is not ("users" or "roles" or "everyone"))
            {
                fields.Wrong($"parse.{i.ToString(CultureInfo.InvariantCulture)}", "BASE_TYPE_CHOICES", "Value must be one of ('users', 'roles', 'everyone').");
            }
        }

        var users = Texts(fields, "users", 100);
        var roles = Texts(fields, "roles", 100);
        if ((parse.Contains("users") && users.Count > 0) || (parse.Contains("roles") && roles.Count > 0))
        {
            errors.Add(body.At("allowed_mentions"), "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", "parse:[\"users\"] and users: [ids...] are mutually exclusive.");
        }

        fields.Truth("replied_user");
        return new AllowedMentions(parse.Contains("users"), parse.Contains("roles"), parse.Contains("everyone"), users, roles);
    }

    /// <summary>What the text names, cut with what is allowed and what the author may do.</summary>
    public Mentions In(string content, JsonElement components, Channel channel, Person author, World world)
    {
        var text = string.Join('\n', Displayed(components).Prepend(content));
        if (!text.Contains('@', StringComparison.Ordinal))
        {
            return Mentions.None;
        }

        var mayAll = (World.PermissionsIn(channel, author) & DiscordPermission.MentionEveryone) != 0;
        var users = UserMention().Matches(text).Select(m => m.Groups["id"].Value).Distinct(StringComparer.Ordinal)
            .Where(id => AllUsers || Users.Contains(id, StringComparer.Ordinal)).Select(world.People.GetValueOrDefault).OfType<Person>().ToList();
        var roles = RoleMention().Matches(text).Select(m => m.Groups["id"].Value).Distinct(StringComparer.Ordinal)
            .Where(id => AllRoles || Roles.Contains(id, StringComparer.Ordinal))
            .Where(id => channel.Guild?.Roles.Exists(r => string.Equals(r.Id, id, StringComparison.Ordinal) && (r.Mentionable || mayAll)) == true).ToList();
        var everyone = Everyone && mayAll && channel.Guild is not null && EveryoneMention().IsMatch(text);
        return new Mentions(users, roles, everyone);
    }

    private static IEnumerable<string> Displayed(JsonElement components)
    {
        if (components.ValueKind != JsonValueKind.Array)
        {
            yield break;
        }

        foreach (var component in components.EnumerateArray())
        {
            if (component.GetWhole("type") == 10 && component.GetText("content") is { } text)
            {
                yield return text;
            }

            foreach (var inner in component.Get("components") is { } children ? Displayed(children) : [])
            {
                yield return inner;
            }
        }
    }

    private static List<string> Texts(Fields fields, string name, int max) =>
        [.. (fields.List(name, max) ?? []).Select(v => v.ToString())];

    [GeneratedRegex("<@!?(?<id>[0-9]{1,20})>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UserMention();

    [GeneratedRegex("<@&(?<id>[0-9]{1,20})>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RoleMention();

    [GeneratedRegex("@(?:everyone|here)", RegexOptions.None, 1000)]
    private static partial Regex EveryoneMention();
}
