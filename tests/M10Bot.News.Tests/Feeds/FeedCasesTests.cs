using System.Globalization;
using System.Text;
using M10Bot.News.Feeds;
using Xunit.Abstractions;

namespace M10Bot.News.Tests.Feeds;

/// <summary>The reader against the public suites of other readers, which may lie beside this repository.</summary>
/// <remarks>
/// Judged by case: right is a case whose every core check is right, and for one field every check of that field. What stays
/// wrong is decided in docs/feeds.md: feedburner:origLink wins over the tracking link (2 cases), a body is the whole text (1).
/// </remarks>
public sealed class FeedCasesTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, double> Floors = new(StringComparer.Ordinal)
    {
        ["title"] = 99.5,
        ["id"] = 99.5,
        ["count"] = 99.5,
        ["tags"] = 99.5,
        ["date"] = 98.5,
        ["body"] = 98,
        ["author"] = 98,
        ["link"] = 96,
        ["media"] = 96,
    };

    private readonly SortedDictionary<string, Score> _suites = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Score> _checks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Score> _fields = new(StringComparer.Ordinal);
    private readonly StringBuilder _wrong = new();

    [Fact]
    public void Core_cases_are_read_right()
    {
        if (FeedCases.Folder is null)
        {
            output.WriteLine("Not run: the feed cases are not beside this repository.");
            return;
        }

        foreach (var (suite, one, file) in FeedCases.All())
        {
            Judge(suite, one, FeedCases.Read(one, file));
        }

        var total = _suites.Values.Aggregate((a, b) => a + b);
        foreach (var (suite, score) in _suites)
        {
            output.WriteLine($"{suite,-16} {score}");
        }

        foreach (var (field, score) in _fields)
        {
            output.WriteLine($"{field,-16} {score}   of checks {_checks[field]}");
        }

        output.WriteLine($"all core cases   {total}");
        output.WriteLine(_wrong.ToString());
        total.Percent.ShouldBeGreaterThanOrEqualTo(98.5);
        foreach (var (field, floor) in Floors)
        {
            _fields[field].Percent.ShouldBeGreaterThanOrEqualTo(floor, field);
        }
    }

    private void Judge(string suite, FeedCase one, FeedDocument? document)
    {
        var isRight = true;
        foreach (var field in one.Checks.Where(c => c.Agree > 0).GroupBy(c => c.F, StringComparer.Ordinal))
        {
            var wrong = field.Where(c => !FeedCases.IsRight(document, c, one.Address)).ToList();
            isRight &= wrong.Count == 0;
            Add(_fields, field.Key, new Score(wrong.Count == 0 ? 1 : 0, 1));
            Add(_checks, field.Key, new Score(field.Count() - wrong.Count, field.Count()));
            foreach (var check in wrong)
            {
                _wrong.AppendLine(CultureInfo.InvariantCulture, $"{suite} {one.Id} [{check.E}].{check.F}: wanted {check.V}, found {FeedCases.Found(document, check)}");
            }
        }

        if (one.Checks.Exists(c => c.Agree > 0))
        {
            Add(_suites, suite, new Score(isRight ? 1 : 0, 1));
        }
    }

    private static void Add(IDictionary<string, Score> scores, string key, Score score) =>
        scores[key] = scores.TryGetValue(key, out var before) ? before + score : score;

    private sealed record Score(int Right, int All)
    {
        public double Percent => 100.0 * Right / All;

        public static Score operator +(Score one, Score other) => new(one.Right + other.Right, one.All + other.All);

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Right,4}/{All,-4} {Percent,5:0.0} %");
    }
}
