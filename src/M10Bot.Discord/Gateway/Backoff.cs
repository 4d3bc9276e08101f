using M10Bot.Discord.Rest;

namespace M10Bot.Discord.Gateway;

/// <summary>1 s, 2 s, 4 s … 60 s, each between half and the whole of it, so that many bots don't come back at once.</summary>
internal sealed class Backoff(Jitter jitter)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private TimeSpan _next = TimeSpan.FromSeconds(1);

    public TimeSpan Failed()
    {
        var wait = jitter.Between(_next / 2, _next);
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return wait;
    }

    public void Succeeded() => _next = TimeSpan.FromSeconds(1);
}
