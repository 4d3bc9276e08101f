using System.Text.Json.Nodes;
using M10Bot.Simulator.Discord.Gateway;
using M10Bot.Simulator.Discord.State;

namespace M10Bot.Simulator.Discord;

/// <summary>Changes the simulated world while it runs; the gateway tells the bot as Discord would.</summary>
public sealed class DiscordWorld
{
    private readonly World _world;
    private readonly GatewayHub _hub;
    private readonly ThreadDesk _threads;

    internal DiscordWorld(World world, GatewayHub hub, ThreadDesk threads)
    {
        _world = world;
        _hub = hub;
        _threads = threads;
    }

    /// <summary>The guild of the try-out page, "Newsroom Friends".</summary>
    public string MainGuildId { get; } = State.World.MainGuildId;

    public string BotId => _world.Bot.Id;

    /// <summary>How long a repeated nonce finds its message; four minutes by default.</summary>
    public TimeSpan NonceWindow
    {
        get => Locked(() => _world.NonceWindow);
        set => Locked(() => _world.NonceWindow = value);
    }

    /// <summary>The id of a person by key (<c>member</c>, <c>editor</c>, <c>admin</c>).</summary>
    /// <exception cref="KeyNotFoundException">There is no such person.</exception>
    public string PersonId(string key) => Locked(() => Person(key).Id);

    /// <summary>A channel of the main guild by its name, without <c>#</c>.</summary>
    /// <exception cref="KeyNotFoundException">There is no such channel.</exception>
    public string ChannelId(string name) => Locked(() =>
        _world.Channels.Values.FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.Ordinal) && string.Equals(c.Guild?.Id, MainGuildId, StringComparison.Ordinal))?.Id ?? throw new KeyNotFoundException(name));

    /// <summary>The channel between a person and the bot.</summary>
    public string DirectChannelId(string personKey) => Locked(() => _world.DirectChannel(Person(personKey)).Id);

    /// <summary>The bot is invited to a new guild with the minimal permissions.</summary>
    public string AddGuild(string name) => Locked(() =>
    {
        var guild = _world.AddGuild(_world.Ids.Next(), name, ownerId: "");
        _hub.Dispatch("GUILD_CREATE", guild, Intents.Guilds, () => Rendered.GuildCreate(guild, _world.Bot));
        return guild.Id;
    });

    /// <param name="type">Discord's number: 0 text, 5 announcements.</param>
    public string AddChannel(string guildId, string name, int type = 0) => Locked(() =>
    {
        var channel = _world.AddChannel(_world.Ids.Next(), name, _world.Guilds[guildId], type);
        Tell("CHANNEL_CREATE", channel);
        return channel.Id;
    });

    /// <summary>A forum with these tags.</summary>
    /// <param name="requiresTag">A post without a tag is refused (40067).</param>
    public string AddForum(string guildId, string name, bool requiresTag, params IReadOnlyList<string> tags) => Locked(() =>
    {
        var forum = _world.AddChannel(_world.Ids.Next(), name, _world.Guilds[guildId], Channel.Forum);
        forum.Forums!.RequiresTag = requiresTag;
        forum.Forums.Tags.AddRange(tags.Select(t => new ForumTag(_world.Ids.Next(), t)));
        Tell("CHANNEL_CREATE", forum);
        return forum.Id;
    });

    /// <summary>Ids of a channel's threads, oldest first; of a forum's posts.</summary>
    public IReadOnlyList<string> Threads(string channelId) => Locked(() =>
        (IReadOnlyList<string>)[.. _world.Channels[channelId].Guild!.Threads.Where(t => string.Equals(t.Thread!.Parent.Id, channelId, StringComparison.Ordinal)).Select(t => t.Id)]);

    /// <summary>A moderator closes a thread, or opens it again.</summary>
    public void SetArchived(string threadId, bool archived, bool locked = false) => Locked(() =>
    {
        _threads.SetArchived(_world.Channels[threadId], archived, locked);
        return threadId;
    });

    /// <summary>A thread as Discord shows it: name, tags, whether it is archived.</summary>
    public string ChannelJson(string channelId) => Locked(() => Wire.Text(Rendered.Channel(_world.Channels[channelId])));

    /// <summary>A person makes a webhook in the channel's settings.</summary>
    /// <returns>Its URL, as Discord's client copies it.</returns>
    public string AddWebhook(string channelId, string name = "News") => Locked(() => _world.AddWebhook(_world.Channels[channelId], name, isOfApplication: false).Url);

    /// <summary>A person deletes a webhook.</summary>
    public void RemoveWebhook(string url) => Locked(() => _world.Webhooks.Remove(url.Split('/')[^2]));

    public void RemoveChannel(string channelId) => Locked(() =>
    {
        var channel = _world.Channels[channelId];
        if (channel.IsThread)
        {
            _threads.Remove(channel);
            return channel;
        }

        _world.Channels.Remove(channelId);
        channel.Guild?.Channels.Remove(channel);
        Tell("CHANNEL_DELETE", channel);
        return channel;
    });

    /// <summary>The bot is thrown out.</summary>
    public void RemoveBot(string guildId) => Locked(() =>
    {
        var guild = _world.Guilds[guildId];
        foreach (var channel in guild.Channels)
        {
            _world.Channels.Remove(channel.Id);
        }

        _world.Guilds.Remove(guildId);
        _hub.Dispatch("GUILD_DELETE", guild, Intents.Guilds, () => new JsonObject { ["id"] = guildId });
        return guild;
    });

    /// <summary>The guild cannot be reached for a while, or can again.</summary>
    public void SetOutage(string guildId, bool isOut) => Locked(() =>
    {
        var guild = _world.Guilds[guildId];
        guild.Unavailable = isOut;
        _hub.Dispatch(isOut ? "GUILD_DELETE" : "GUILD_CREATE", guild, Intents.Guilds, () => Rendered.GuildCreate(guild, _world.Bot));
        return guild;
    });

    /// <summary>A person joins a guild, with these permissions beyond everyone's.</summary>
    /// <returns>The person's id.</returns>
    public string AddMember(string guildId, string name, ulong permissions = 0) => Locked(() =>
    {
        var guild = _world.Guilds[guildId];
        var person = _world.PersonByKey(name) ?? _world.AddPerson(_world.Ids.Next(), name, name, "member");
        var role = new Role(_world.Ids.Next(), name, permissions);
        guild.Roles.Add(role);
        guild.Members[person.Id] = new Member(person, [role.Id]);
        return person.Id;
    });

    /// <summary>A role of the main guild or another; with it tests try pings.</summary>
    public string AddRole(string guildId, string name, bool mentionable) => Locked(() =>
    {
        var role = State.World.AddRole(_world.Guilds[guildId], _world.Ids.Next(), name);
        role.Mentionable = mentionable;
        return role.Id;
    });

    /// <summary>Whether a server has this channel or thread; private messages have no permissions.</summary>
    public bool HasChannel(string channelId) => Locked(() => _world.Channels.TryGetValue(channelId, out var channel) && channel.Guild is not null);

    /// <summary>What the bot may do in one channel beyond or below its roles (<see cref="DiscordPermission"/>).</summary>
    public void SetBotPermissions(string channelId, ulong allow = 0, ulong deny = 0) => SetPermissions(channelId, BotId, allow, deny);

    /// <param name="roleOrPersonId">Whom the overwrite is for.</param>
    public void SetPermissions(string channelId, string roleOrPersonId, ulong allow, ulong deny) => Locked(() =>
    {
        var named = _world.Channels[channelId];
        var channel = named.Thread?.Parent ?? named; // a thread has its channel's rights
        channel.Overwrites[roleOrPersonId] = new Overwrite(allow, deny);
        Tell("CHANNEL_UPDATE", channel);
        return channel;
    });

    /// <summary>The person adds the application to their own account, or takes it off.</summary>
    public void InstallForPerson(string personKey, bool installed = true) => Locked(() => Person(personKey).HasInstalledBot = installed);

    /// <summary>The language of the person's client, e.g. <c>de</c>.</summary>
    public void SetLocale(string personKey, string locale) => Locked(() => Person(personKey).Locale = locale);

    /// <summary>A channel between two people, where the bot only comes with one of them.</summary>
    public string AddPrivateChannel(string onePerson, string otherPerson) => Locked(() => _world.AddPrivateChannel(Person(onePerson), Person(otherPerson)).Id);

    /// <summary>A channel of a guild that the bot was never invited to.</summary>
    public string AddForeignChannel(string guildName, params IReadOnlyList<string> personKeys) => Locked(() =>
        _world.AddChannel(_world.Ids.Next(), "general", _world.AddForeignGuild(guildName, personKeys.Select(Person))).Id);

    /// <summary>AutoMod refuses messages with this word (200000).</summary>
    public void BlockWord(string guildId, string word) => Locked(() =>
    {
        _world.Guilds[guildId].BlockedWords.Add(word);
        return word;
    });

    /// <summary>Discord's own filter refuses links to this host (240000).</summary>
    public void BlockLink(string host) => Locked(() => _world.HarmfulHosts.Add(host));

    /// <summary>The person takes no direct messages (50007), or does again.</summary>
    public void CloseDirectMessages(string personKey, bool closed = true) => Locked(() => Person(personKey).DirectMessagesClosed = closed);

    private Person Person(string key) => _world.PersonByKey(key) ?? throw new KeyNotFoundException(key);

    private void Tell(string name, Channel channel) =>
        _hub.Dispatch(name, channel.Guild, Intents.Guilds, () => Rendered.Channel(channel));

    private T Locked<T>(Func<T> act)
    {
        lock (_world.Gate)
        {
            return act();
        }
    }
}
