using System.Net;
using System.Text;

namespace M10Bot.News.Tests.Feeds;

/// <summary>A web of a few pages, without a network.</summary>
internal sealed class FakeWeb : HttpMessageHandler
{
    private readonly Dictionary<string, Func<HttpRequestMessage, HttpResponseMessage>> _pages = new(StringComparer.Ordinal);

    public List<HttpRequestMessage> Requests { get; } = [];

    public void Put(string address, string body, string type = "application/rss+xml", string? etag = null, Action<HttpResponseMessage>? with = null) =>
        Answer(address, request =>
        {
            if (etag is not null && request.Headers.TryGetValues("If-None-Match", out var known) && known.Contains(etag, StringComparer.Ordinal))
            {
                return new HttpResponseMessage(HttpStatusCode.NotModified);
            }

            var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, type) };
            if (etag is not null)
            {
                response.Headers.TryAddWithoutValidation("ETag", etag);
            }

            with?.Invoke(response);
            return response;
        });

    public void Refuse(string address, HttpStatusCode code, Action<HttpResponseMessage>? with = null) => Answer(address, _ =>
    {
        var response = new HttpResponseMessage(code);
        with?.Invoke(response);
        return response;
    });

    public void Redirect(string address, HttpStatusCode code, string to) => Refuse(address, code, r => r.Headers.Location = new Uri(to, UriKind.RelativeOrAbsolute));

    public void Answer(string address, Func<HttpRequestMessage, HttpResponseMessage> answer) => _pages[address] = answer;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add(request);
        return Task.FromResult(_pages.TryGetValue(request.RequestUri!.AbsoluteUri, out var answer) ? answer(request) : new HttpResponseMessage(HttpStatusCode.NotFound));
    }
}
