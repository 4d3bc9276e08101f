using System.Text;
using M10Bot.Discord.Rest;

namespace M10Bot.Discord.Rendering;

/// <summary>Discord's limits on a message, checked before it leaves.</summary>
internal static class RenderingLimits
{
    private const int MostText = 4_000;

    // Discord answers 500 above 10,170 bytes of text plus 12 for each component.
    private const int MostBytes = 9_500;

    /// <summary>What Discord would refuse; empty for a message it takes.</summary>
    public static IReadOnlyList<string> FaultsOf(RenderedCard rendering)
    {
        var faults = new List<string>();
        var all = Flatten(rendering.Components).ToList();
        Check(DiscordText.Length(rendering.Content ?? "") <= 2_000, "content over 2000");
        Check(rendering.Embeds.All(e => DiscordText.Length(e.Description) is > 0 and <= 4_096), "description empty or over 4096");
        Check(rendering.Content?.Length > 0 || rendering.Embeds.Count > 0 || all.Count > 0, "empty message");

        var texts = all.Where(c => c.Type == ComponentWire.TextDisplay).Select(c => c.Content ?? "").ToList();
        Check(texts.TrueForAll(t => t.Length > 0), "empty text");
        Check(texts.Sum(DiscordText.Length) <= MostText, "text over 4000");
        Check(texts.Sum(Encoding.UTF8.GetByteCount) + (12 * all.Count) <= MostBytes, "too many bytes");
        Check(all.Count <= 40, "more than 40 components");

        var buttons = all.Where(c => c.Type == ComponentWire.Button).ToList();
        Check(all.TrueForAll(c => c.Type != ComponentWire.ActionRow || c.Components!.Count is >= 1 and <= 5), "a row of none or more than 5");
        Check(buttons.TrueForAll(b => b.Label is { Length: > 0 } label && DiscordText.Length(label) <= 80), "label empty or over 80");
        Check(buttons.TrueForAll(b => b.Url is null || b.Url.Length <= SafeLink.MostInButton), "address over 512");
        Check(buttons.TrueForAll(b => b.CustomId is null || DiscordText.Length(b.CustomId) is >= 1 and <= 100), "custom_id over 100");
        Check(buttons.TrueForAll(b => b.Url is null != b.CustomId is null), "a button needs an address or a custom_id");
        Check(AreUnique(buttons.Select(b => b.CustomId)), "custom_id twice");
        Check(AreUnique(all.Select(c => c.Id)), "id twice");
        return faults;

        void Check(bool isKept, string fault)
        {
            if (!isKept)
            {
                faults.Add(fault);
            }
        }
    }

    private static bool AreUnique<T>(IEnumerable<T> values)
    {
        var set = values.Where(v => v is not null).ToList();
        return set.Distinct().Count() == set.Count;
    }

    private static IEnumerable<ComponentWire> Flatten(IReadOnlyList<ComponentWire> components) =>
        components.SelectMany(c => Flatten(c.Components ?? []).Prepend(c));
}
