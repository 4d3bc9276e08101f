using System.Globalization;

namespace M10Bot.Slack.Rendering;

/// <summary>Blocks of one message within Slack's limits; what no longer fits is left out, never sent to be refused.</summary>
/// <param name="version">Of the card.</param>
/// <param name="prefix">Keeps the ids of several cards in one view apart.</param>
internal sealed class BlockList(int version, string prefix = "")
{
    /// <summary>A text object takes 3000; the rest is headroom, since Slack does not say how it counts.</summary>
    public const int TextLimit = 2700;

    public const int LabelLimit = 75;
    public const int ValueLimit = 2000;

    private const int MostBlocks = 50;
    private const int MostText = 9500; // unpublished; msg_blocks_too_long was seen from about 13,200

    private readonly List<Block> _blocks = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private int _textLeft = MostText;
    private int _blocksLeft = MostBlocks;

    public IReadOnlyList<Block> Blocks => _blocks;

    /// <summary>Keeps room for what comes later and must not be missing.</summary>
    public Block? Reserve(Block? block)
    {
        if (block is not null)
        {
            _blocksLeft--;
            _textLeft -= LengthOf(block);
        }

        return block;
    }

    public void Place(Block? reserved)
    {
        if (reserved is not null)
        {
            _blocks.Add(reserved);
        }
    }

    /// <summary>Adds a section of the lines that still fit, in as few blocks as they need.</summary>
    public void Lines(string id, IReadOnlyList<string> lines, Func<int, string> more)
    {
        var open = new List<string>();
        var length = 0;
        for (var i = 0; i < lines.Count; i++)
        {
            var closing = more(lines.Count - i);
            var needed = lines[i].Length + 1;
            var isLast = i == lines.Count - 1;
            if (_blocksLeft == 0 || _textLeft - length < needed + (isLast ? 0 : closing.Length + 1))
            {
                open.Add(closing);
                break;
            }

            if (length + needed + closing.Length + 1 > TextLimit)
            {
                Flush(id, open);
                length = 0;
            }

            open.Add(lines[i]);
            length += needed;
        }

        Flush(id, open);
    }

    public void Add(Block block)
    {
        if (_blocksLeft > 0 && _textLeft >= LengthOf(block))
        {
            _blocks.Add(Reserve(block)!);
        }
    }

    /// <summary>New for each version, as Slack asks, and unique in the message.</summary>
    public string Id(string name)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{prefix}{name}.v{version}");
        for (var n = 2; !_ids.Add(id); n++)
        {
            id = string.Create(CultureInfo.InvariantCulture, $"{prefix}{name}{n}.v{version}");
        }

        return id;
    }

    private void Flush(string id, List<string> open)
    {
        if (open.Count > 0)
        {
            Add(new SectionBlock(Id(id), new Markdown(string.Join('\n', open))));
            open.Clear();
        }
    }

    private static int LengthOf(Block block) => block switch
    {
        SectionBlock section => (section.Text?.Text.Length ?? 0) + (section.Fields?.Sum(f => f.Text.Length) ?? 0),
        ContextBlock context => context.Elements.Sum(e => e.Text.Length),
        ActionsBlock actions => actions.Elements.OfType<Button>().Sum(e => e.Text.Text.Length),
        HeaderBlock header => header.Text.Text.Length,
        _ => 0,
    };
}
