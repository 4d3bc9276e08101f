namespace M10Bot.Simulator.Discord.Gateway;

/// <summary>What a test can order of the simulated gateway, and see of it.</summary>
public sealed class DiscordGateway
{
    private readonly GatewayHub _hub;

    internal DiscordGateway(GatewayHub hub) => _hub = hub;

    /// <summary>Sessions that have a live connection.</summary>
    public int Connected => Locked(() => _hub.Sessions.Count(s => s.Connection is not null));

    public int Identifies => Locked(() => _hub.Identifies);

    public int Resumes => Locked(() => _hub.Resumes);

    /// <summary>Heartbeats on the connections that are open now.</summary>
    public int Heartbeats => Locked(() => _hub.Connections.Sum(c => c.Heartbeats));

    /// <summary>Zombie mode: connections stay open, heartbeats are not acknowledged.</summary>
    public bool IsMute
    {
        get => Locked(() => _hub.IsMute);
        set => Locked(() => _hub.IsMute = value);
    }

    /// <summary>Cuts every connection without a close frame; sessions can be resumed.</summary>
    public void CutAll() => ForEach(c => c.Abort());

    /// <summary>Closes every connection with this code.</summary>
    public void CloseAll(int code) => ForEach(c =>
    {
        if (c.Session is { } session && code is 4003 or 4004 or 4007 or 4009 or >= 4010 and <= 4014)
        {
            _hub.Forget(session);
        }

        c.Close(code);
    });

    /// <summary>Opcode 7: please connect anew and resume.</summary>
    public void AskToReconnect() => ForEach(c => c.SendOp(7, d: null));

    /// <summary>Opcode 9; where it cannot be resumed the session is forgotten.</summary>
    public void InvalidateSessions(bool resumable) => ForEach(c =>
    {
        if (!resumable && c.Session is { } session)
        {
            _hub.Forget(session);
        }

        c.Session = null;
        c.SendOp(9, System.Text.Json.Nodes.JsonValue.Create(resumable));
    });

    /// <summary>Opcode 1: beat at once, please.</summary>
    public void AskForHeartbeat() => ForEach(c => c.AskForHeartbeat());

    /// <summary>The next connections get opcode 7 instead of Hello.</summary>
    public void RefuseHello(int times = 1) => Locked(() => _hub.RefusedHellos = times);

    /// <summary>Every message comes in several frames.</summary>
    public bool SplitsFrames
    {
        get => Locked(() => _hub.SplitsFrames);
        set => Locked(() => _hub.SplitsFrames = value);
    }

    /// <summary>How long after Hello each connection beat first.</summary>
    public IReadOnlyList<TimeSpan> FirstBeats => Locked(() => (IReadOnlyList<TimeSpan>)[.. _hub.FirstBeats]);

    /// <summary>The bot began more sessions than a day allows; its token opens nothing any more.</summary>
    public bool TokenWasReset => Locked(() => _hub.World.TokenWasReset);

    private void ForEach(Action<GatewayConnection> act)
    {
        lock (_hub.World.Gate)
        {
            foreach (var connection in _hub.Connections.ToList())
            {
                act(connection);
            }
        }
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_hub.World.Gate)
        {
            return read();
        }
    }
}
