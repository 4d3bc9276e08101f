using System.Text.RegularExpressions;

namespace M10Bot.News.Reading;

/// <summary>Lines of a text that are about the text: credits, contacts, copyright, bylines, invitations.</summary>
internal static partial class Boilerplate
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;
    private const int TimeLimit = 10_000; // never reached by lines this short, unless the machine itself stands still
    private const int FooterLimit = 400;
    private const int InvitationLimit = 160;

    /// <summary>What a footer line says; null where the line is none.</summary>
    public static FooterLine? Footer(string line)
    {
        var parts = line.Length > FooterLimit ? [] : line.Trim('(', ')', ' ').Split(['|', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0 || !FooterStart().IsMatch(parts[0]))
        {
            return null;
        }

        string? credit = null;
        string? copyright = null;
        foreach (var part in parts)
        {
            if (Edited().Match(part) is { Success: true } edited)
            {
                credit ??= edited.Groups["who"].Value.TrimEnd('.', ' ');
            }
            else if (Holder().Match(part) is { Success: true } holder)
            {
                var year = holder.Groups["year"].Value;
                copyright ??= $"© {year}{(year.Length > 0 ? " " : "")}{holder.Groups["who"].Value.Trim()}";
            }
        }

        return new FooterLine(credit, copyright);
    }

    /// <summary>The name out of a line such as <c>By Jane Doe</c>; null where the line is none.</summary>
    public static string? Byline(string line) =>
        line.Length <= 100 && AuthorLine().Match(line) is { Success: true } match ? match.Groups["who"].Value : null;

    /// <summary>Whether the line is no part of the account: a footer, a byline, a caption, an invitation to read on.</summary>
    public static bool Is(string line) =>
        Footer(line) is not null || Byline(line) is not null || (line.Length <= InvitationLimit && Invitation().IsMatch(line));

    [GeneratedRegex(@"^(editing|edited|reporting|reported|writing|written|additional reporting|compiled|produced)\b[^.]{0,60}?\bby\s+\S.*$(?<!\w{3}\.)|^contacts?( us)?\s*:|^for (more|further) information\b|^(©|\(c\)\s|copyright\b)|^all rights reserved|^unauthori[sz]ed reproduction", Options, TimeLimit)]
    private static partial Regex FooterStart();

    [GeneratedRegex(@"^edit(ing|ed)\s+by\s+(?<who>.+)$", Options, TimeLimit)]
    private static partial Regex Edited();

    [GeneratedRegex(@"^(©|\(c\)|copyright)\s*(©|\(c\))?\s*(?<year>\d{4}(\s*[-–]\s*\d{4})?)?\s*,?\s*(by\s+)?(?<who>[^.,|]{2,60})", Options, TimeLimit)]
    private static partial Regex Holder();

    // "By" and capitalised names only: "By Monday the river had risen" is a sentence.
    [GeneratedRegex(@"^(By|BY)\s+(?<who>[A-Z][\w'’.-]+(\s+(and|AND|de|van|von|al|[A-Z][\w'’.-]*),?){1,9})$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, TimeLimit)]
    private static partial Regex AuthorLine();

    [GeneratedRegex(@"^(read (more|also|next)|see also|related( stories| articles)?|more on this|watch( now| live)?|listen|click here|sign up|subscribe|follow us|share this|advertisement|story continues|scroll down|photo(graph)?s?|image|picture|file photo|caption|video|credit|source|updated|published|last updated|correction)\s*(:|$|\bhere\b|\bbelow\b)|^(click|tap) here|^(read|see) more\b|^sign up (for|to)\b|^scroll down for\b|^sorry we are not currently accepting comments|^the comments below\b|file photo\.?$", Options, TimeLimit)]
    private static partial Regex Invitation();
}

/// <param name="Credit">Who edited it.</param>
/// <param name="Copyright">Short: sign, year, holder.</param>
internal sealed record FooterLine(string? Credit, string? Copyright);
