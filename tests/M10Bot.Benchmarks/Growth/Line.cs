namespace M10Bot.Benchmarks.Growth;

/// <summary>A straight line through measured points, each counted by its relative error: a fan-out to a thousand weighs as much as one to a hundred thousand.</summary>
/// <param name="Start">At nothing.</param>
/// <param name="Each">For one more.</param>
internal sealed record Line(double Start, double Each)
{
    public static Line Through(IReadOnlyList<(double X, double Y)> points)
    {
        // Weighted least squares with weights 1/y².
        var weights = points.Select(p => 1 / (p.Y * p.Y)).ToList();
        var sum = weights.Sum();
        var x = points.Zip(weights, (p, w) => p.X * w).Sum() / sum;
        var y = points.Zip(weights, (p, w) => p.Y * w).Sum() / sum;
        var slope = points.Zip(weights, (p, w) => w * (p.X - x) * (p.Y - y)).Sum() / points.Zip(weights, (p, w) => w * (p.X - x) * (p.X - x)).Sum();
        return new Line(Math.Max(0, y - (slope * x)), slope);
    }

    public double At(double x) => Start + (Each * x);

    /// <summary>How far the worst point lies from the line, as a part of it.</summary>
    public double WorstMiss(IEnumerable<(double X, double Y)> points) => points.Max(p => Math.Abs(At(p.X) - p.Y) / p.Y);
}
