using System.Net;

namespace M10Bot.Slack.WebApi;

/// <summary>Time-outs are per call; redirects are refused, since they would carry the token elsewhere.</summary>
internal sealed class SlackHttpClient : HttpClient
{
    private const long LargestAnswer = 8 * 1024 * 1024;

    public SlackHttpClient()
        : base(Handler(), disposeHandler: true)
    {
        MaxResponseContentBufferSize = LargestAnswer;
        Timeout = System.Threading.Timeout.InfiniteTimeSpan;
    }

    private static SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        UseCookies = false,
    };
}
