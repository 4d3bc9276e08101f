namespace M10Bot.Discord.Rest;

/// <summary>What the bot paces of its own accord, for Discord's headers describe these limits late, wrongly or not at all. Several may bind one request.</summary>
[Flags]
internal enum OwnPace
{
    None = 0,

    /// <summary>Posts, and apart from them edits, of one channel.</summary>
    Channel = 1,

    /// <summary>Edits of messages more than an hour old (answered 30046).</summary>
    OldEdit = 2,

    /// <summary>Edits of published announcements (answered 20022).</summary>
    PublishedEdit = 4,

    /// <summary>Announcements handed on to those who follow the channel.</summary>
    Crosspost = 8,

    /// <summary>Opening direct messages (answered 40003, and watched as abuse).</summary>
    OpenDirect = 16,

    /// <summary>New titles of a thread: two in ten minutes, which no header tells.</summary>
    Title = 32,

    /// <summary>Of those, the ones of mere updates: one is left for a correction or a withdrawal.</summary>
    PlainTitle = 64,
}

/// <summary>The bot's own paces in one lane. Every member is called under the lane's lock.</summary>
internal sealed class OwnPaces(DiscordOptions options)
{
    private static readonly OwnPace[] All = [OwnPace.Channel, OwnPace.OldEdit, OwnPace.PublishedEdit, OwnPace.Crosspost, OwnPace.OpenDirect, OwnPace.Title, OwnPace.PlainTitle];

    // A lane is of one route, so one or two of them are ever used.
    private readonly List<Strand> _strands = [];

    public TimeSpan WaitAt(TimeSpan now, OwnPace which)
    {
        var wait = TimeSpan.Zero;
        foreach (var strand in _strands)
        {
            if ((strand.Pace & which) != OwnPace.None && strand.WaitAt(now) is var other && other > wait)
            {
                wait = other;
            }
        }

        return wait;
    }

    public void Book(TimeSpan now, OwnPace which)
    {
        foreach (var pace in All)
        {
            if ((pace & which) != OwnPace.None)
            {
                StrandOf(pace).Book(now);
            }
        }
    }

    /// <summary>Discord wants no more of this kind until then; the lane's other requests go on.</summary>
    public void Pause(OwnPace which, TimeSpan until) => StrandOf(which).PauseUntil(until);

    /// <summary>Discord found the channel too busy: one message per period until then.</summary>
    public void SlowDown(TimeSpan until) => StrandOf(OwnPace.Channel).SlowUntil = until;

    public bool IsEmptyAt(TimeSpan now) => _strands.TrueForAll(s => s.IsEmptyAt(now));

    private Strand StrandOf(OwnPace pace)
    {
        if (_strands.Find(s => s.Pace == pace) is { } known)
        {
            return known;
        }

        var (count, period) = pace switch
        {
            OwnPace.Channel => (options.ChannelPer5Seconds, TimeSpan.FromSeconds(5)),
            OwnPace.OldEdit => (options.OldEditsPer6Seconds, TimeSpan.FromSeconds(6)),
            OwnPace.PublishedEdit => (options.PublishedEditsPerHour, TimeSpan.FromHours(1)),
            OwnPace.Crosspost => (options.CrosspostsPerHour, TimeSpan.FromHours(1)),
            OwnPace.OpenDirect => (options.DirectOpensPerMinute, TimeSpan.FromMinutes(1)),
            OwnPace.Title => (2, TimeSpan.FromMinutes(10)),
            OwnPace.PlainTitle => (1, TimeSpan.FromMinutes(10)),
            _ => throw new ArgumentOutOfRangeException(nameof(pace), pace, "One pace at a time."),
        };
        var made = new Strand(pace, count, period);
        _strands.Add(made);
        return made;
    }

    private sealed class Strand(OwnPace pace, int count, TimeSpan period)
    {
        private readonly SlidingWindow _window = new(count, period);
        private TimeSpan _last = TimeSpan.MinValue;
        private TimeSpan _pausedUntil;

        public OwnPace Pace => pace;

        public TimeSpan SlowUntil { get; set; }

        public TimeSpan WaitAt(TimeSpan now)
        {
            var until = now + _window.WaitAt(now);
            until = _pausedUntil > until ? _pausedUntil : until;
            return now < SlowUntil && _last > TimeSpan.MinValue && _last + period > until ? _last + period - now : until - now;
        }

        public void Book(TimeSpan now)
        {
            _window.Book(now);
            _last = now;
        }

        public void PauseUntil(TimeSpan until) => _pausedUntil = until > _pausedUntil ? until : _pausedUntil;

        public bool IsEmptyAt(TimeSpan now) =>
            _pausedUntil <= now && SlowUntil <= now && (_last == TimeSpan.MinValue || _last + period <= now);
    }
}
