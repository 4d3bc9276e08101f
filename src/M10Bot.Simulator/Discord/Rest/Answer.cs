using System.Text.Json.Nodes;
using M10Bot.Simulator.Discord.Validation;

namespace M10Bot.Simulator.Discord.Rest;

/// <summary>What a route says: a status with a JSON body, or with none.</summary>
internal sealed record Answer(int Status, JsonNode? Body = null, int Code = 0)
{
    public static readonly Answer Empty = new(204);

    public static Answer UnknownChannel => Error(404, 10003, "Unknown Channel");

    public static Answer UnknownMessage => Error(404, 10008, "Unknown Message");

    public static Answer UnknownWebhook => Error(404, 10015, "Unknown Webhook");

    public static Answer UnknownInteraction => Error(404, 10062, "Unknown interaction");

    public static Answer MissingAccess => Error(403, 50001, "Missing Access");

    public static Answer MissingPermissions => Error(403, 50013, "Missing Permissions");

    public static Answer EmptyMessage => Error(400, 50006, "Cannot send an empty message");

    public static Answer WrongChannelType => Error(400, 50024, "Cannot execute action on this channel type");

    public static Answer Archived => Error(400, 50083, "Thread is archived");

    public static Answer Ok(JsonNode body) => new(200, body);

    public static Answer Error(int status, int code, string message) =>
        new(status, new JsonObject { ["message"] = message, ["code"] = code }, code);

    /// <param name="code">Where the limit has an error code of its own.</param>
    public static Answer TooMany(TimeSpan wait, int code = 0, string message = "You are being rate limited.")
    {
        var body = new JsonObject { ["message"] = message, ["retry_after"] = Math.Round(wait.TotalSeconds, 3), ["global"] = false };
        if (code != 0)
        {
            body["code"] = code;
        }

        return new Answer(429, body, code);
    }

    public static Answer Form(FormErrors errors) => new(400, new JsonObject
    {
        ["message"] = "Invalid Form Body",
        ["code"] = 50035,
        ["errors"] = errors.Tree.DeepClone(),
    }, 50035);

    public static Answer Form(string path, string code, string message)
    {
        var errors = new FormErrors();
        errors.Add(path, code, message);
        return Form(errors);
    }
}
