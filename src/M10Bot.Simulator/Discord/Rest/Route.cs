using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace M10Bot.Simulator.Discord.Rest;

/// <param name="Origin">Scheme-less address the caller used, e.g. <c>127.0.0.1:5010</c>.</param>
internal sealed record Call(IReadOnlyDictionary<string, string> Values, JsonElement Body, IQueryCollection Query, string Origin)
{
    public string this[string name] => Values[name];

    public bool Asks(string name) => Query[name].ToString() is "true" or "1" or "True";
}

/// <summary>So many requests in so much time.</summary>
/// <param name="Name">Routes that share it also share the bucket's hash, yet each counts for itself.</param>
internal sealed record Budget(string Name, int Count, TimeSpan Window);

internal sealed record Route(string Method, string Template, Func<Call, Answer> Handle)
{
    private readonly string[] _steps = Template.Split('/');

    /// <summary>False where the path itself carries a token (interactions).</summary>
    public bool NeedsBot { get; init; } = true;

    /// <summary>Null: no headers, and only the global limit.</summary>
    public Func<Call, Budget>? BudgetOf { get; init; }

    /// <summary>The value that gives each its own counter: the channel's, the guild's or the webhook's.</summary>
    public string Major { get; init; } = "";

    /// <summary>What must happen outside the world's gate before the route runs.</summary>
    public Func<Call, CancellationToken, Task>? Prepare { get; init; }

    public Dictionary<string, string>? Match(string[] path)
    {
        if (path.Length != _steps.Length)
        {
            return null;
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < path.Length; i++)
        {
            if (_steps[i].StartsWith('{'))
            {
                values[_steps[i].Trim('{', '}')] = path[i];
            }
            else if (!string.Equals(_steps[i], path[i], StringComparison.Ordinal))
            {
                return null;
            }
        }

        return values;
    }
}
