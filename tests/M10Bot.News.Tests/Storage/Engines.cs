using M10Bot.Testing;

namespace M10Bot.News.Tests.Storage;

/// <summary>Runs a test on every engine that this machine has; PostgreSQL by <c>tests/postgres.sh run dotnet test …</c>.</summary>
internal sealed class Engines : TheoryData<string>
{
    public Engines()
    {
        foreach (var engine in TestDatabase.Engines)
        {
            Add(engine);
        }
    }
}
