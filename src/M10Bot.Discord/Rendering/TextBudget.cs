using System.Text;

namespace M10Bot.Discord.Rendering;

/// <summary>What is left of a message's length. The most telling parts draw first; what no longer fits is left out whole.</summary>
internal sealed class TextBudget(int runes, int bytes)
{
    private int _runes = runes;
    private int _bytes = bytes;

    public bool TryTake(string text)
    {
        var length = DiscordText.Length(text) + 1; // and its line's end
        var size = Encoding.UTF8.GetByteCount(text) + 1;
        if (length > _runes || size > _bytes)
        {
            return false;
        }

        _runes -= length;
        _bytes -= size;
        return true;
    }

    /// <summary>The lines that fit, from the first on.</summary>
    public IReadOnlyList<string> Take(IEnumerable<string> lines) => [.. lines.TakeWhile(TryTake)];
}
