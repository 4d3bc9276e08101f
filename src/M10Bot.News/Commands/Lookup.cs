using System.Diagnostics.CodeAnalysis;
using M10Bot.News.Chat;

namespace M10Bot.News.Commands;

/// <summary>What a person's words meant, or the answer that says why they mean nothing.</summary>
internal sealed record Lookup<T>
    where T : class
{
    private Lookup(T? value, CommandReply? answer) => (Value, Answer) = (value, answer);

    public T? Value { get; }

    public CommandReply? Answer { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Answer))]
    public bool IsFound => Value is not null;

    public static implicit operator Lookup<T>(T value) => new(value, null);

    public static implicit operator Lookup<T>(CommandReply answer) => new(null, answer);
}
