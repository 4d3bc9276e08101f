using System.Diagnostics.CodeAnalysis;
using System.Text;
using M10Bot.News.Chat;

namespace M10Bot.News.Commands;

/// <summary>A button's command as a short opaque string, and back: <c>summary|story=12</c>.</summary>
/// <remarks>At most 100 characters, the least that a platform leaves for it. What comes back is outside text and is checked like it.</remarks>
public static class ActionKey
{
    public const int MaxLength = 100;

    /// <exception cref="ArgumentException">The action has no command, or does not fit.</exception>
    public static string Encode(CardAction action)
    {
        var key = Text(action);
        return TryDecode(key, out _, out _)
            ? key
            : throw new ArgumentException($"The button for '{action.Command}' does not fit {MaxLength} characters or holds no plain key.", nameof(action));
    }

    /// <summary>Whether <see cref="Encode"/> takes it.</summary>
    public static bool Fits(CardAction action) => action.Command is not null && TryDecode(Text(action), out _, out _);

    /// <summary>False for anything that <see cref="Encode"/> could not have made.</summary>
    public static bool TryDecode(
        string? key,
        [NotNullWhen(true)] out string? command,
        [NotNullWhen(true)] out IReadOnlyDictionary<string, string>? arguments)
    {
        (command, arguments) = (null, null);
        if (key is not { Length: > 0 and <= MaxLength })
        {
            return false;
        }

        var parts = key.Split('|');
        if (!IsName(parts[0], spaces: true))
        {
            return false;
        }

        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in parts.Skip(1))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1 || !IsName(part[..equals], spaces: false) || !TryUnescape(part[(equals + 1)..], out var value) || !found.TryAdd(part[..equals], value))
            {
                return false;
            }
        }

        (command, arguments) = (parts[0], found);
        return true;
    }

    private static string Text(CardAction action)
    {
        var text = new StringBuilder(action.Command ?? throw new ArgumentException("A link button has no command.", nameof(action)));
        foreach (var (option, value) in action.Arguments)
        {
            text.Append('|').Append(option).Append('=').Append(Escape(value));
        }

        return text.ToString();
    }

    // Topic codes hold a colon; it needs no escape and three characters matter here.
    private static string Escape(string value) => Uri.EscapeDataString(value).Replace("%3A", ":", StringComparison.Ordinal);

    private static bool IsName(string text, bool spaces) =>
        text.Length > 0
        && text[0] != ' '
        && text[^1] != ' '
        && text.All(c => c is (>= 'a' and <= 'z') or '_' or '-' || (spaces && c == ' '));

    private static bool TryUnescape(string text, out string value)
    {
        value = Uri.UnescapeDataString(text);
        return value.Length > 0
            && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~' or '%' or ':')
            && !value.Any(char.IsControl)
            && string.Equals(Escape(value), text, StringComparison.Ordinal);
    }
}
