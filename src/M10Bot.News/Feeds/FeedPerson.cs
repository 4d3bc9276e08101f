using M10Bot.News.Markup;

namespace M10Bot.News.Feeds;

/// <summary>Names people: <c>&lt;name&gt;…&lt;/name&gt;&lt;email&gt;…&lt;/email&gt;</c>, "mail (name)" or a plain name.</summary>
internal static class FeedPerson
{
    public static string? Read(Captured captured)
    {
        if (!captured.IsMarkup)
        {
            return NullIfEmpty(MarkupText.ToPlain(captured.Text));
        }

        string? name = null, mail = null, page = null;
        var field = "";
        var tokens = new MarkupTokenizer(captured.Text);
        while (tokens.Next())
        {
            if (tokens.Kind == MarkupKind.Open)
            {
                field = FieldOf(tokens.Name[(tokens.Name.IndexOf(':') + 1)..]);
            }
            else if (tokens.Kind is MarkupKind.Text or MarkupKind.CData && !tokens.Value.IsWhiteSpace())
            {
                var value = NullIfEmpty(MarkupText.ToPlain(tokens.Value.ToString()));
                switch (field)
                {
                    case "email":
                        mail ??= value;
                        break;
                    case "uri":
                        page ??= value;
                        break;
                    default:
                        name ??= value;
                        break;
                }
            }
        }

        return name is not null && mail is not null ? $"{name} ({mail})" : name ?? mail ?? page;
    }

    // What is no field of a person is markup round the name.
    private static string FieldOf(ReadOnlySpan<char> local) => local switch
    {
        _ when local.Equals("email", StringComparison.OrdinalIgnoreCase) => "email",
        _ when local.Equals("uri", StringComparison.OrdinalIgnoreCase) || local.Equals("url", StringComparison.OrdinalIgnoreCase)
            || local.Equals("homepage", StringComparison.OrdinalIgnoreCase) => "uri",
        _ => "name",
    };

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
