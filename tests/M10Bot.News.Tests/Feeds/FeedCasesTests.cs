using System.Globalization;
using System.Text;
using M10Bot.News.Feeds;
using Xunit.Abstractions;

namespace M10Bot.News.Tests.Feeds;

/// <summary>The reader against the public suites of other readers.</summary>
public sealed class FeedCasesTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, double> Floors = new(StringComparer.Ordinal)
    {
        ["title"] = 99.5, ["id"] = 99.5, ["count"] = 99.5, ["tags"] = 99.5, ["date"] = 98.5, ["body"] = 98, ["author"] = 98, ["link"] = 96, ["media"] = 96,
    };

    [Fact]
    public void Core_cases_are_read_right()
    {
        if (FeedCases.Folder is null)
        {
            output.WriteLine("Not run: the feed cases are not beside this repository.");
            return;
        }

        var fields = Floors.Keys.ToDictionary(f => f, _ => (Right: 0, All: 0), StringComparer.Ordinal);
        var suites = new SortedDictionary<string, (int Right, int All)>(StringComparer.Ordinal);
        var wrong = new StringBuilder();
        foreach (var (suite, one, file) in FeedCases.All())
        {
            var address = Uri.TryCreate(one.Content_location ?? one.Base, UriKind.Absolute, out var given) ? given : null;
            var document = (FeedReader.Read(File.ReadAllBytes(file), one.Content_type, address) as FeedReading.Read)?.Document;
            var core = one.Checks.Where(c => c.Agree > 0).ToList();
            foreach (var check in core)
            {
                var right = FeedCases.IsRight(document, check, address);
                fields[check.F] = (fields[check.F].Right + (right ? 1 : 0), fields[check.F].All + 1);
                if (!right)
                {
                    wrong.AppendLine(CultureInfo.InvariantCulture, $"{suite} {one.Id} [{check.E}].{check.F}: wanted {check.V}, found {FeedCases.Found(document, check)}");
                }
            }

            if (core.Count > 0)
            {
                var before = suites.GetValueOrDefault(suite);
                suites[suite] = (before.Right + (core.All(c => FeedCases.IsRight(document, c, address)) ? 1 : 0), before.All + 1);
            }
        }

        foreach (var (suite, (right, all)) in suites)
        {
            output.WriteLine($"{suite,-16} {right,4}/{all,-4} {100.0 * right / all:0.0}");
        }

        foreach (var (field, (right, all)) in fields)
        {
            output.WriteLine($"{field,-16} {right,4}/{all,-4} {100.0 * right / all:0.0}");
        }

        output.WriteLine(wrong.ToString());
        var total = suites.Values.Aggregate((a, b) => (a.Right + b.Right, a.All + b.All));
        output.WriteLine($"all core cases   {total.Right,4}/{total.All,-4} {100.0 * total.Right / total.All:0.0}");
        (100.0 * total.Right / total.All).ShouldBeGreaterThanOrEqualTo(98.5);
        foreach (var (field, floor) in Floors)
        {
            (100.0 * fields[field].Right / fields[field].All).ShouldBeGreaterThanOrEqualTo(floor, field);
        }
    }
}
