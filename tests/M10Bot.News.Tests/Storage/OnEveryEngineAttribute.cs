using System.Reflection;
using M10Bot.Testing;
using Xunit.Sdk;

namespace M10Bot.News.Tests.Storage;

/// <summary>As InlineData, once for every engine of <see cref="TestDatabase.Engines"/>, whose name is the first argument.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class OnEveryEngineAttribute(params object?[] data) : DataAttribute
{
    public IReadOnlyList<object?> Data { get; } = data;

    public override IEnumerable<object?[]> GetData(MethodInfo testMethod) =>
        TestDatabase.Engines.Select(engine => new object?[] { engine }.Concat(Data).ToArray());
}
