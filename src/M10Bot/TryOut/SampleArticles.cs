using System.Reflection;
using M10Bot.Simulator;

namespace M10Bot.TryOut;

/// <summary>The articles shipped for trying the bot out; written for it, any likeness to events is chance.</summary>
internal static class SampleArticles
{
    public static readonly WireSample Flash = new("Flash: an earthquake", Text("1-flash.txt"));
    public static readonly WireSample Report = new("Full report of it", Text("2-report.txt"));
    public static readonly WireSample Correction = new("Correction of the report", Text("3-correction.txt"));
    public static readonly WireSample Kill = new("Kill: withdraw the story", Text("4-kill.txt"));

    public static readonly IReadOnlyList<WireSample> All = [Flash, Report, Correction, Kill];

    private static string Text(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream($"samples/{name}")!);
        return reader.ReadToEnd();
    }
}
