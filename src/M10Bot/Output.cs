#pragma warning disable RS0030 // the program's own output: the one place that writes to the console
namespace M10Bot;

/// <summary>What the program says to the person who started it; everything else is logged.</summary>
internal static class Output
{
    public static void Line(string text) => Console.Out.WriteLine(text);

    public static void Error(string text) => Console.Error.WriteLine(text);
}
