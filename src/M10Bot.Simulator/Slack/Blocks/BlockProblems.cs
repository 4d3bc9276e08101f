using System.Globalization;
using System.Text.Json;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack.Blocks;

/// <summary>What is wrong with a set of blocks, each with the place, in the words Slack uses.</summary>
internal sealed class BlockProblems
{
    private readonly List<string> _found = [];

    public IReadOnlyList<string> Found => _found;

    /// <summary>Characters of all text objects met so far.</summary>
    public int Characters { get; set; }

    /// <summary>A type that Slack does not know there, or none.</summary>
    public void UnknownType(string? type, string pointer)
    {
        if (type is null)
        {
            Add("missing required field: type", pointer);
        }
        else
        {
            Add($"unsupported type: {type}", $"{pointer}/type");
        }
    }

    public void Add(string what, string pointer) => _found.Add($"{what} [json-pointer:{pointer}]");

    public void Length(JsonElement owner, string name, string pointer, int most, bool isRequired = false, int least = 1)
    {
        if (owner.Member(name) is not { } value)
        {
            if (isRequired)
            {
                Add($"missing required field: {name}", pointer);
            }

            return;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            Add("must be a string", $"{pointer}/{name}");
            return;
        }

        var length = value.GetString()!.Length;
        if (length > most)
        {
            Add(string.Create(CultureInfo.InvariantCulture, $"must be less than {most + 1} characters"), $"{pointer}/{name}");
        }
        else if (length < least)
        {
            Add(string.Create(CultureInfo.InvariantCulture, $"must be more than {least - 1} characters"), $"{pointer}/{name}");
        }
    }

    /// <summary>A text object; <paramref name="plainOnly"/> where Slack takes no mrkdwn.</summary>
    public void TextObject(JsonElement owner, string name, string pointer, int most, bool plainOnly, bool isRequired)
    {
        if (owner.Member(name) is { } text)
        {
            TextObject(text, $"{pointer}/{name}", most, plainOnly);
        }
        else if (isRequired)
        {
            Add($"missing required field: {name}", pointer);
        }
    }

    public void TextObject(JsonElement text, string pointer, int most, bool plainOnly)
    {
        var type = text.Text("type");
        if (text.ValueKind != JsonValueKind.Object || type is not ("plain_text" or "mrkdwn") || (plainOnly && type is not "plain_text"))
        {
            Add(plainOnly ? "must be a plain_text object" : "must be a text object", pointer);
            return;
        }

        Characters += text.Text("text")?.Length ?? 0;
        Length(text, "text", pointer, most, isRequired: true);
    }

    public void Count(int count, int least, int most, string pointer)
    {
        if (count > most)
        {
            Add(string.Create(CultureInfo.InvariantCulture, $"no more than {most} items allowed"), pointer);
        }
        else if (count < least)
        {
            Add(string.Create(CultureInfo.InvariantCulture, $"must provide at least {least} items"), pointer);
        }
    }
}
