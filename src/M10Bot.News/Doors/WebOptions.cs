namespace M10Bot.News.Doors;

/// <summary>Section <c>Web</c>: whether and where this process answers HTTP requests.</summary>
public sealed class WebOptions
{
    /// <summary>Where to listen, e.g. <c>http://127.0.0.1:8080</c> or <c>http://0.0.0.0:8080</c>; null opens no door. TLS belongs in front of it.</summary>
    public string? Address { get; set; }

    /// <summary>The https address under which others reach <see cref="Address"/>, e.g. <c>https://m10bot.example.org</c>; null where nobody outside can.</summary>
    public string? PublicAddress { get; set; }
}
