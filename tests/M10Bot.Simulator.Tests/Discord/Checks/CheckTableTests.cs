using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace M10Bot.Simulator.Tests.Discord.Checks;

public sealed partial class CheckTableTests
{
    private const int Checks = 68;

    [Fact]
    public void Every_one_of_the_checks_has_a_test_that_breaks_its_rule()
    {
        var proven = typeof(CheckTableTests).Assembly.GetTypes()
            .Where(t => string.Equals(t.Namespace, typeof(CheckTableTests).Namespace, StringComparison.Ordinal))
            .SelectMany(t => t.GetMethods())
            .Where(m => m.GetCustomAttribute<FactAttribute>() is { Skip: null })
            .Select(m => Name().Match(m.Name))
            .Where(m => m.Success)
            .Select(m => int.Parse(m.Groups["number"].Value, CultureInfo.InvariantCulture))
            .Distinct().Order();
        proven.ShouldBe(Enumerable.Range(1, Checks));
    }

    [GeneratedRegex("^Check_(?<number>[0-9]{2})_", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();
}
