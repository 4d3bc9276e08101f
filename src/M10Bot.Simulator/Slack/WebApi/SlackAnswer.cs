using System.Text.Json.Nodes;

namespace M10Bot.Simulator.Slack.WebApi;

/// <summary>What a Web API method says; HTTP 200 whatever it is.</summary>
internal sealed record SlackAnswer(string Verdict, JsonObject Body)
{
    public const string Ok = "ok";

    public bool IsOk => Verdict is Ok;

    public static SlackAnswer Yes(JsonObject? body = null)
    {
        body ??= [];
        body.Insert(0, "ok", true);
        return new SlackAnswer(Ok, body);
    }

    public static SlackAnswer No(string error) => new(error, new JsonObject { ["ok"] = false, ["error"] = error });

    /// <summary>With the messages that say where it is wrong.</summary>
    public static SlackAnswer No(string error, IReadOnlyList<string> problems)
    {
        var answer = No(error);
        answer.Body["errors"] = new JsonArray([.. problems.Select(p => JsonValue.Create(p))]);
        answer.Body["response_metadata"] = new JsonObject { ["messages"] = new JsonArray([.. problems.Select(p => JsonValue.Create("[ERROR] " + p))]) };
        return answer;
    }

    public static SlackAnswer MissingScope(string needed, IEnumerable<string> provided)
    {
        var answer = No("missing_scope");
        answer.Body["needed"] = needed;
        answer.Body["provided"] = string.Join(',', provided);
        return answer;
    }

    public SlackAnswer Warn(string warning)
    {
        Body["warning"] = Body["warning"] is { } earlier ? $"{earlier},{warning}" : warning;
        if (Body["response_metadata"] is not JsonObject more)
        {
            Body["response_metadata"] = more = [];
        }

        if (more["warnings"] is not JsonArray warnings)
        {
            more["warnings"] = warnings = [];
        }

        warnings.Add(warning);
        return this;
    }
}
