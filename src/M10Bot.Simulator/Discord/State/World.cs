using M10Bot.Simulator.Discord.Rest;

namespace M10Bot.Simulator.Discord.State;

/// <summary>All that the simulated Discord knows. Whoever reads or changes it holds <see cref="Gate"/>.</summary>
internal sealed class World
{
    // Ids stay the same from start to start, so that a bot's database still fits the try-out world.
    public const string BotId = "1300000000000000001";
    public const string MainGuildId = "1300000000000000100";
    private static readonly string[] ForumTags = ["World", "Business", "Politics", "Disasters", "Sport"];
    private readonly Dictionary<(string Author, string Nonce), StoredMessage> _nonces = [];
    private readonly Queue<(StoredMessage Message, (string, string) Key)> _nonceOrder = new();

    public World(TimeProvider time)
    {
        Time = time;
        Ids = new Snowflakes(time);
        Bot = new Person(BotId, "bot", "M10Bot", "bot", IsBot: true);
        People[BotId] = Bot;
        var member = AddPerson("1300000000000000011", "member", "Mia", "member");
        var editor = AddPerson("1300000000000000012", "editor", "Eli", "editor");
        var admin = AddPerson("1300000000000000013", "admin", "Ada", "admin");
        var guild = AddGuild(MainGuildId, "Newsroom Friends", admin.Id);
        guild.Roles.Find(r => string.Equals(r.Name, Bot.Name, StringComparison.Ordinal))!.Permissions |= DiscordPermission.CreatePublicThreads;
        guild.Roles.Add(new Role("1300000000000000102", "Editors", DiscordPermission.ManageMessages) { Mentionable = true });
        guild.Roles.Add(new Role("1300000000000000103", "Admins", DiscordPermission.ManageGuild | DiscordPermission.ManageChannels));
        guild.Members[member.Id] = new Member(member, []);
        guild.Members[editor.Id] = new Member(editor, ["1300000000000000102"]);
        guild.Members[admin.Id] = new Member(admin, ["1300000000000000103"]);
        AddChannel("1300000000000000201", "breaking-news", guild);
        AddChannel("1300000000000000202", "world", guild);
        AddChannel("1300000000000000203", "bot-commands", guild);
        AddChannel("1300000000000000204", "announcements", guild, Channel.Announcement);
        var forum = AddChannel("1300000000000000205", "stories", guild, Channel.Forum);
        forum.Topic = "One post a story; its versions are edits of it.";
        forum.Forums!.Tags.AddRange(ForumTags.Select((name, i) => new ForumTag($"13000000000000002{i + 51}", name)));
        AddRole(guild, "1300000000000000104", "News alerts").Mentionable = true;
    }

    public Lock Gate { get; } = new();

    public TimeProvider Time { get; }

    public Snowflakes Ids { get; }

    public Person Bot { get; }

    public Dictionary<string, Person> People { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Guild> Guilds { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Channel> Channels { get; } = new(StringComparer.Ordinal);

    public CommandBook Commands { get; } = new();

    /// <summary>Too many sessions were begun: the token opens nothing any more.</summary>
    public bool TokenWasReset { get; set; }

    public Dictionary<string, Webhook> Webhooks { get; } = new(StringComparer.Ordinal);

    /// <summary>Hosts that Discord's filter for harmful links knows (240000).</summary>
    public HashSet<string> HarmfulHosts { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>How long a repeated nonce finds its message ("the past few minutes" in the documentation).</summary>
    public TimeSpan NonceWindow { get; set; } = TimeSpan.FromMinutes(4);

    public Person? PersonByKey(string key) => People.Values.FirstOrDefault(p => !p.IsBot && (string.Equals(p.Key, key, StringComparison.Ordinal) || string.Equals(p.Id, key, StringComparison.Ordinal)));

    public Person AddPerson(string id, string key, string name, string role)
    {
        var person = new Person(id, key, name, role);
        People[id] = person;
        var direct = $"{id[..^3]}3{id[^2..]}";
        var channel = new Channel(Channels.ContainsKey(direct) ? Ids.Next() : direct, Channel.Direct, name, guild: null, person);
        Channels[channel.Id] = channel;
        return person;
    }

    public Channel DirectChannel(Person person) => Channels.Values.First(c => c.Recipient == person && c.OtherPerson is null);

    /// <summary>Two people's own channel, where the bot comes only by a person's installation.</summary>
    public Channel AddPrivateChannel(Person one, Person other)
    {
        var channel = new Channel(Ids.Next(), Channel.Direct, other.Name, guild: null, one) { OtherPerson = other };
        Channels[channel.Id] = channel;
        return channel;
    }

    /// <summary>A guild that the bot was never invited to.</summary>
    public Guild AddForeignGuild(string name, IEnumerable<Person> members)
    {
        var guild = new Guild(Ids.Next(), name, ownerId: "");
        foreach (var person in members)
        {
            guild.Members[person.Id] = new Member(person, []);
        }

        return guild;
    }

    /// <summary>A guild whose only member is the bot, with what the minimal invitation grants.</summary>
    public Guild AddGuild(string id, string name, string ownerId)
    {
        var guild = new Guild(id, name, ownerId);
        var role = new Role(Ids.Next(), Bot.Name, DiscordPermission.Invited);
        guild.Roles.Add(role);
        guild.Members[Bot.Id] = new Member(Bot, [role.Id]);
        Guilds[id] = guild;
        return guild;
    }

    public Channel AddChannel(string id, string name, Guild guild, int type = Channel.Text)
    {
        var channel = new Channel(id, type, name, guild, recipient: null)
        {
            Forums = type is Channel.Forum or Channel.Media ? new ForumState(requiresTag: false) : null,
        };
        guild.Channels.Add(channel);
        Channels[id] = channel;
        return channel;
    }

    /// <param name="id">The starting message's id, where there is one.</param>
    public Channel AddThread(string id, string name, Channel parent, int type, Person owner)
    {
        var thread = new Channel(id, type, name, parent.Guild, recipient: null) { Thread = NewLife(parent, owner) };
        parent.Guild!.Threads.Add(thread);
        Channels[id] = thread;
        return thread;
    }

    public Webhook AddWebhook(Channel channel, string name, bool isOfApplication)
    {
        var id = Ids.Next();
        return Webhooks[id] = new Webhook(id, $"hook-{id}-{Ids.Next()}", channel, new Person(id, $"webhook-{id}", name, "webhook", IsBot: true), isOfApplication);
    }

    private ThreadLife NewLife(Channel parent, Person owner)
    {
        var now = Time.GetUtcNow();
        return new ThreadLife(parent, owner) { CreatedAt = now, ArchiveChangedAt = now, ActiveAt = now };
    }

    public static Role AddRole(Guild guild, string id, string name)
    {
        var role = new Role(id, name, permissions: 0);
        guild.Roles.Add(role);
        return role;
    }

    /// <summary>The message that this author created with this nonce in the past few minutes.</summary>
    public StoredMessage? Repeated(Person author, string nonce)
    {
        var oldest = Time.GetUtcNow() - NonceWindow;
        while (_nonceOrder.TryPeek(out var first) && first.Message.CreatedAt < oldest)
        {
            _nonceOrder.Dequeue();
            if (_nonces.TryGetValue(first.Key, out var current) && current == first.Message)
            {
                _nonces.Remove(first.Key);
            }
        }

        return _nonces.GetValueOrDefault((author.Id, nonce));
    }

    public void Remember(StoredMessage message, string nonce)
    {
        var key = (message.Author.Id, nonce);
        _nonces[key] = message;
        _nonceOrder.Enqueue((message, key));
    }

    /// <summary>Effective permissions, in the order that Discord documents (base, @everyone, roles, member).</summary>
    public static ulong PermissionsIn(Channel channel, Person person)
    {
        if (channel.Guild is not { } guild)
        {
            return channel.OtherPerson is not null && person.IsBot ? 0 : DiscordPermission.Everyone | DiscordPermission.MentionEveryone | DiscordPermission.UseExternalEmojis;
        }

        // A thread has its parent's permissions, but that of sending is the one for threads.
        var bits = Overwritten(channel.Thread?.Parent ?? channel, guild, person);
        if (channel.IsThread)
        {
            bits = (bits & DiscordPermission.SendMessagesInThreads) != 0 ? bits | DiscordPermission.SendMessages : bits & ~DiscordPermission.SendMessages;
        }

        if ((bits & DiscordPermission.ViewChannel) == 0)
        {
            return 0;
        }

        const ulong NeedsSend = DiscordPermission.MentionEveryone | DiscordPermission.AttachFiles | DiscordPermission.EmbedLinks;
        return (bits & DiscordPermission.SendMessages) == 0 ? bits & ~NeedsSend : bits;
    }

    private static ulong Overwritten(Channel channel, Guild guild, Person person)
    {
        var all = PermissionsIn(guild, person);
        if ((all & DiscordPermission.Administrator) != 0 || !guild.Members.TryGetValue(person.Id, out var member))
        {
            return all;
        }

        all = Apply(all, channel.Overwrites.GetValueOrDefault(guild.Id));
        var roles = member.Roles.Select(channel.Overwrites.GetValueOrDefault).OfType<Overwrite>().ToList();
        all = Apply(all, new Overwrite(roles.Aggregate(0UL, (bits, o) => bits | o.Allow), roles.Aggregate(0UL, (bits, o) => bits | o.Deny)));
        return Apply(all, channel.Overwrites.GetValueOrDefault(person.Id));
    }

    public static ulong PermissionsIn(Guild guild, Person person)
    {
        if (string.Equals(guild.OwnerId, person.Id, StringComparison.Ordinal))
        {
            return DiscordPermission.All;
        }

        if (!guild.Members.TryGetValue(person.Id, out var member))
        {
            return 0;
        }

        var bits = guild.Roles.Where(r => string.Equals(r.Id, guild.Id, StringComparison.Ordinal) || member.Roles.Contains(r.Id)).Aggregate(0UL, (all, r) => all | r.Permissions);
        return (bits & DiscordPermission.Administrator) != 0 ? DiscordPermission.All : bits;
    }

    private static ulong Apply(ulong bits, Overwrite? overwrite) =>
        overwrite is null ? bits : (bits & ~overwrite.Deny) | overwrite.Allow;
}
