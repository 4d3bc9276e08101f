using System.Text;

namespace M10Bot.Discord.Rendering;

/// <summary>Links are built here and nowhere else.</summary>
internal static class SafeLink
{
    /// <summary>Discord's limit for a button's address.</summary>
    public const int MostInButton = 512;

    /// <summary>The limit everywhere else.</summary>
    public const int MostInText = 2_048;

    /// <summary>The address in a form that can't leave its brackets; null where it is no plain http(s) address.</summary>
    public static string? Of(string? link, int most)
    {
        if (!Uri.TryCreate(link?.Trim(), UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https")
            || uri.Host.Length == 0
            || uri.UserInfo.Length > 0) // a name before the host hides which host it is
        {
            return null;
        }

        string address;
        try
        {
            address = new UriBuilder(uri) { Host = uri.IdnHost, Port = uri.IsDefaultPort ? -1 : uri.Port }.Uri.AbsoluteUri;
        }
        catch (UriFormatException)
        {
            return null;
        }

        var safe = new StringBuilder(address.Length);
        foreach (var c in address)
        {
            safe.Append(c is '(' or ')' or '<' or '>' or '`' or '|' or '\\' or '"' or '*' or <= ' ' or > '~' ? Uri.HexEscape(c <= 0xFF ? c : '?') : c.ToString());
        }

        return safe.Length <= most ? safe.ToString() : null;
    }

    /// <summary>Text that leads to <paramref name="link"/>; the bare text where there is no safe link.</summary>
    /// <param name="escaped">Already made safe by <see cref="DiscordText.Escape"/>.</param>
    /// <param name="showsPreview">False keeps Discord from unfolding the page below the message.</param>
    public static string Around(string escaped, string? link, bool showsPreview)
    {
        // A label with an address in it makes Discord show the whole construct as it stands.
        if (Of(link, MostInText) is not { } address || escaped.Contains(":\u200B//", StringComparison.Ordinal))
        {
            return escaped;
        }

        return showsPreview ? $"[{escaped}]({address})" : $"[{escaped}](<{address}>)";
    }
}
