using System.Net;

namespace M10Bot.Llm;

/// <summary>Lets through only what an endpoint may answer: a success, and not too much of it. The rest is said in words for admins.</summary>
/// <remarks>No redirect is followed, so that neither the key nor an article goes anywhere but where the settings say.</remarks>
#pragma warning disable CA2000 // the base class owns it
internal sealed class LlmHandler() : DelegatingHandler(new SocketsHttpHandler
{
    AllowAutoRedirect = false,
    UseCookies = false,
    ConnectTimeout = TimeSpan.FromSeconds(10),
    PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    AutomaticDecompression = DecompressionMethods.GZip,
})
#pragma warning restore CA2000
{
    private const int MostBytes = 256 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            if (!response.IsSuccessStatusCode)
            {
                throw new LlmRefusedException(Words(response.StatusCode));
            }

            await BufferAsync(response, cancellationToken);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static async Task BufferAsync(HttpResponseMessage response, CancellationToken ct)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(MostBytes, ct);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw new LlmRefusedException($"an answer of more than {MostBytes / 1024} KiB");
        }
    }

    private static string Words(HttpStatusCode status) => (int)status switch
    {
        401 or 403 => $"it refused the key (HTTP {(int)status}); look at Llm:Key",
        404 => "it has no such model or address (HTTP 404); look at Llm:Endpoint and Llm:Model",
        429 => "it takes no more requests now (HTTP 429)",
        >= 300 and < 400 => $"it sends elsewhere (HTTP {(int)status}); give the final address in Llm:Endpoint",
        _ => $"HTTP {(int)status}",
    };
}

/// <summary>The endpoint did not do what was asked; the message is for admins.</summary>
public sealed class LlmRefusedException(string message) : Exception(message);
