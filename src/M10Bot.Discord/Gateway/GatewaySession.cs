namespace M10Bot.Discord.Gateway;

/// <summary>What a resume needs.</summary>
internal sealed class GatewaySession
{
    private long _sequence = -1;

    /// <summary>Called by the sign-in and by a resume: the connection stands.</summary>
    public Action? Stands { get; set; }

    /// <summary>Null before the first sign-in, and after a session was declared dead.</summary>
    public string? Id { get; private set; }

    public Uri? ResumeAddress { get; private set; }

    /// <summary>The last dispatch seen; null before the first.</summary>
    public long? Sequence => Interlocked.Read(ref _sequence) is >= 0 and var sequence ? sequence : null;

    public bool CanResume => Id is not null && Sequence is not null;

    public void Saw(long sequence) => Interlocked.Exchange(ref _sequence, sequence);

    public void Began(string id, Uri? resumeAddress)
    {
        Id = id;
        ResumeAddress = resumeAddress;
    }

    public void Drop()
    {
        Id = null;
        ResumeAddress = null;
        Interlocked.Exchange(ref _sequence, -1);
    }
}
