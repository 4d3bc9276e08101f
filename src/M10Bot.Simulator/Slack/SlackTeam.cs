using System.Text.Json.Nodes;
using M10Bot.Simulator.Slack.Acting;
using M10Bot.Simulator.Slack.Installing;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack;

/// <summary>One workspace as a test or an admin handles it.</summary>
public sealed class SlackTeam
{
    private readonly SlackCore _core;
    private readonly SlackWorkspace _team;

    internal SlackTeam(SlackCore core, SlackWorkspace team) => (_core, _team) = (core, team);

    public string Id => _team.Id;

    internal SlackWorkspace Workspace => _team;

    public string BotUser => _team.BotUser;

    /// <summary>What the bot token may do; replace it to model an install that is behind its manifest.</summary>
    public IReadOnlySet<string> Scopes
    {
        get => _team.Scopes;
        set => _team.Scopes = value;
    }

    /// <summary>Acts as the person of that key.</summary>
    /// <exception cref="ArgumentException">There is no such person.</exception>
    public SlackActor As(string key)
    {
        lock (_team.Gate)
        {
            return new SlackActor(_core, _team, _team.PersonByKey(key) ?? throw new ArgumentException("No such person.", nameof(key)));
        }
    }

    /// <summary>Messages the app put in a channel and did not delete, oldest first, without private ones.</summary>
    public IReadOnlyList<SlackMessage> Posts(string channel) =>
        [.. AllMessages(channel).Where(m => m is { BotId: not null, IsDeleted: false, EphemeralFor: null })];

    /// <summary>Everything that ever stood in a channel, deleted and private messages too.</summary>
    public IReadOnlyList<SlackMessage> AllMessages(string channel)
    {
        lock (_team.Gate)
        {
            return _team.Channel(channel) is { } found ? [.. found.Messages] : [];
        }
    }

    /// <summary>How many messages were ever posted per <c>delivery_key</c> in their metadata; more than 1 is a duplicate.</summary>
    public IReadOnlyDictionary<string, int> CountsByDeliveryKey()
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        lock (_team.Gate)
        {
            foreach (var key in _team.Channels.SelectMany(c => c.Messages).Select(m => m.DeliveryKey).OfType<string>())
            {
                counts[key] = counts.GetValueOrDefault(key) + 1;
            }
        }

        return counts;
    }

    public void AddPerson(SlackPerson person)
    {
        lock (_team.Gate)
        {
            _team.AddPerson(person);
        }
    }

    /// <summary>Puts another record in a person's place and tells the app, as when an admin's rights change.</summary>
    public void ChangePerson(SlackPerson person)
    {
        AddPerson(person);
        _core.Events.Raise(_team, "user_change", new JsonObject { ["type"] = "user_change", ["user"] = _team.Describe(person, withLocale: true) });
    }

    /// <param name="id">Slack's id, e.g. <c>C0SPORT</c>.</param>
    /// <param name="name">Without the number sign.</param>
    /// <param name="kind">Public or private.</param>
    /// <param name="members">Ids of people; add <see cref="BotUser"/> to have the bot in it.</param>
    public void AddChannel(string id, string name, SlackChannelKind kind, params IEnumerable<string> members)
    {
        var channel = new SlackChannel(id, name, kind);
        channel.Members.AddRange(members);
        lock (_team.Gate)
        {
            _team.AddChannel(channel);
        }

        _core.Tell(_team, "channel.update", channel);
    }

    public void SetPolicy(string channel, SlackPolicy policy)
    {
        lock (_team.Gate)
        {
            Known(channel).Policy = policy;
        }
    }

    public void Archive(string channel) => SetArchived(channel, true);

    public void Unarchive(string channel) => SetArchived(channel, false);

    public void Rename(string channel, string name)
    {
        SlackChannel found;
        lock (_team.Gate)
        {
            found = Known(channel);
            found.Name = name;
        }

        _core.Tell(_team, "channel.update", found);

        var type = Prefix(found) + "_rename";
        _core.Events.Raise(_team, type, new JsonObject { ["type"] = type, ["channel"] = new JsonObject { ["id"] = channel, ["name"] = name } });
    }

    /// <summary>Brings the bot into a channel.</summary>
    public void Invite(string channel, string inviter)
    {
        SlackChannel found;
        lock (_team.Gate)
        {
            found = Known(channel);
            if (_team.BotIsIn(found))
            {
                return;
            }

            found.Members.Add(_team.BotUser);
        }

        _core.Events.RaiseMembership(_team, found, "member_joined_channel", _team.BotUser, inviter);
    }

    /// <summary>Takes the bot out of a channel.</summary>
    public void Kick(string channel, string actor)
    {
        SlackChannel found;
        lock (_team.Gate)
        {
            found = Known(channel);
            found.Members.Remove(_team.BotUser);
        }

        var type = Prefix(found) + "_left";
        _core.Events.Raise(_team, type, new JsonObject { ["type"] = type, ["channel"] = channel, ["actor_id"] = actor });
    }

    /// <summary>Takes a person out of a channel or brings them in; the app is told where it is in it.</summary>
    public void Leave(string channel, string person) => SetMember(channel, person, isIn: false, "member_left_channel");

    /// <inheritdoc cref="Leave"/>
    public void Join(string channel, string person) => SetMember(channel, person, isIn: true, "member_joined_channel");

    /// <summary>A person deletes a message; nobody is told but those who see the channel.</summary>
    public void DeleteMessage(string channel, string ts)
    {
        SlackMessage message;
        lock (_team.Gate)
        {
            var room = _team.Channel(channel) ?? throw new ArgumentException($"There is no channel {channel}.", nameof(channel));
            message = (room.Find(ts) ?? throw new ArgumentException($"There is no message {ts}.", nameof(ts))) with { IsDeleted = true };
            room.Replace(message);
        }

        _core.Tell(_team, "message.delete", message);
    }

    public void Delete(string channel, string actor = "U0ADMIN")
    {
        SlackChannel found;
        lock (_team.Gate)
        {
            found = Known(channel);
            _team.RemoveChannel(found);
        }

        _core.Tell(_team, "channel.delete", found);

        var type = Prefix(found) + "_deleted";
        _core.Events.Raise(_team, type, new JsonObject { ["type"] = type, ["channel"] = channel, ["actor_id"] = actor });
    }

    /// <summary>Gives a channel another id, as when it becomes a shared one.</summary>
    public void ChangeId(string channel, string id)
    {
        lock (_team.Gate)
        {
            _team.ChangeId(Known(channel), id);
        }

        _core.Events.Raise(_team, "channel_id_changed", new JsonObject { ["type"] = "channel_id_changed", ["old_channel_id"] = channel, ["new_channel_id"] = id });
    }

    /// <summary>Shares a channel with another company (Slack Connect): strangers may read it and press its buttons.</summary>
    public void Share(string channel)
    {
        lock (_team.Gate)
        {
            Known(channel).IsShared = true;
        }
    }

    public void RenameTeam(string name)
    {
        _team.Name = name;
        _core.Events.Raise(_team, "team_rename", new JsonObject { ["type"] = "team_rename", ["name"] = name, ["team_id"] = _team.Id });
    }

    /// <summary>Adds a user group, or puts another in its place.</summary>
    public void SetGroup(SlackUserGroup group)
    {
        lock (_team.Gate)
        {
            _team.Groups[group.Id] = group;
        }

        _core.Events.Raise(_team, "subteam_members_changed", new JsonObject { ["type"] = "subteam_members_changed", ["subteam_id"] = group.Id, ["team_id"] = _team.Id });
    }

    /// <summary>Another app with the same command is installed now: of two owners the later one gets it.</summary>
    public void InstallRival(string command) => _team.RivalCommands[command] = _core.Time.GetUtcNow();

    /// <summary>Removes the app: its tokens are dead at once.</summary>
    /// <param name="isTold">False keeps the two events back; <see cref="TellUninstalled"/> sends them late.</param>
    public void Uninstall(bool isTold = true) => Installs.Remove(_core, _team, isTold);

    /// <summary>Sends the events of an uninstall that happened at a given time, also after a newer install.</summary>
    /// <param name="when">When it happened.</param>
    /// <param name="revokedFirst">Slack sends <c>tokens_revoked</c> before <c>app_uninstalled</c> or after it.</param>
    public void TellUninstalled(DateTimeOffset when, bool revokedFirst = true) => Installs.Tell(_core, _team, when, revokedFirst);

    /// <summary>Installs the app again with the token it began with.</summary>
    public void Reinstall()
    {
        _team.IsInstalled = true;
        _team.InstalledAt = _core.Time.GetUtcNow();
    }

    private void SetMember(string channel, string person, bool isIn, string type)
    {
        SlackChannel found;
        bool isHeard;
        lock (_team.Gate)
        {
            found = Known(channel);
            found.Members.Remove(person);
            if (isIn)
            {
                found.Members.Add(person);
            }

            isHeard = _team.BotIsIn(found) || string.Equals(person, _team.BotUser, StringComparison.Ordinal);
        }

        if (isHeard)
        {
            _core.Events.RaiseMembership(_team, found, type, person, inviter: null);
        }
    }

    private void SetArchived(string channel, bool isArchived)
    {
        SlackChannel found;
        lock (_team.Gate)
        {
            found = Known(channel);
            found.IsArchived = isArchived;
        }

        _core.Tell(_team, "channel.update", found);

        var type = Prefix(found) + (isArchived ? "_archive" : "_unarchive");
        _core.Events.Raise(_team, type, new JsonObject { ["type"] = type, ["channel"] = channel, ["user"] = "U0ADMIN" });
    }

    private static string Prefix(SlackChannel channel) => channel.Kind == SlackChannelKind.Private ? "group" : "channel";

    private SlackChannel Known(string channel) =>
        _team.Channel(channel) ?? throw new ArgumentException("No such channel.", nameof(channel));
}
