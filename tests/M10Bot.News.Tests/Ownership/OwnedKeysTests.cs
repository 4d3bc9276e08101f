using System.Threading.Channels;
using M10Bot.News.Ownership;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace M10Bot.News.Tests.Ownership;

public sealed class OwnedKeysTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly OwnedKey Key = new("scripted", "T1/C2");

    private readonly ScriptedWork _work = new();
    private readonly OwnedKeys _keys;
    private readonly LocalOwner _owner;

    public OwnedKeysTests()
    {
        _keys = new OwnedKeys([_work], NullLogger<OwnedKeys>.Instance);
        _owner = new LocalOwner(_keys);
    }

    [Fact]
    public void A_key_is_read_as_it_was_written()
    {
        Key.ToString().ShouldBe("scripted/T1/C2");
        OwnedKey.Parse("scripted/T1/C2").ShouldBe(Key);
    }

    [Fact]
    public async Task The_first_wake_starts_the_work_and_the_next_ones_reach_it()
    {
        _owner.Wake(Key);
        (await _work.NextAsync()).ShouldBe("run T1/C2");
        _owner.Wake(Key);
        (await _work.NextAsync()).ShouldBe("wake T1/C2");
        _keys.Held.ShouldBe([Key]);
    }

    [Fact]
    public async Task Work_that_has_ended_is_started_again_by_the_next_wake()
    {
        _keys.TryWake(Key, out var run).ShouldBeTrue();
        (await _work.NextAsync()).ShouldBe("run T1/C2");
        _work.Finish();
        await run.WaitAsync(Patience);
        (await _work.NextAsync()).ShouldBe("ended T1/C2");
        _keys.Held.ShouldBeEmpty();
        _owner.Wake(Key);
        (await _work.NextAsync()).ShouldBe("run T1/C2");
    }

    [Fact]
    public async Task A_key_can_be_woken_anew_from_the_moment_its_end_is_told()
    {
        _work.OnEnded = () => _keys.TryWake(Key, out _).ShouldBeTrue();
        _owner.Wake(Key);
        (await _work.NextAsync()).ShouldBe("run T1/C2");
        _work.Finish();
        (await _work.NextAsync()).ShouldBe("ended T1/C2");
        (await _work.NextAsync()).ShouldBe("run T1/C2");
    }

    [Fact]
    public async Task A_fault_of_the_work_frees_the_key()
    {
        _keys.TryWake(Key, out var run);
        (await _work.NextAsync()).ShouldBe("run T1/C2");
        _work.Fail();
        await run.WaitAsync(Patience);
        _keys.Held.ShouldBeEmpty();
    }

    [Fact]
    public async Task Leaving_a_key_returns_when_its_work_has_ended()
    {
        _owner.Wake(Key);
        (await _work.NextAsync()).ShouldBe("run T1/C2");
        await _keys.LeaveAsync(Key, CancellationToken.None).WaitAsync(Patience);
        _keys.Held.ShouldBeEmpty();
        await _keys.LeaveAsync(Key, CancellationToken.None).WaitAsync(Patience);
    }

    [Fact]
    public async Task At_stop_all_work_ends_and_none_is_taken_up_any_more()
    {
        _owner.Wake(Key);
        (await _work.NextAsync()).ShouldBe("run T1/C2");
        await _keys.StoppingAsync(CancellationToken.None).WaitAsync(Patience);
        _keys.Held.ShouldBeEmpty();
        _keys.TryWake(Key, out _).ShouldBeFalse();
    }

    [Fact]
    public void The_registration_makes_this_process_the_owner_of_all()
    {
        using var services = new ServiceCollection().AddLogging().AddOwnership().BuildServiceProvider();
        services.GetRequiredService<IKeyOwner>().ShouldBeOfType<LocalOwner>();
    }

    private sealed class ScriptedWork : KeyWork
    {
        private readonly Channel<string> _seen = Channel.CreateUnbounded<string>();
        private TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override string Kind => "scripted";

        public Action? OnEnded { get; set; }

        public async Task<string> NextAsync()
        {
            using var patience = new CancellationTokenSource(Patience);
            return await _seen.Reader.ReadAsync(patience.Token);
        }

        public void Finish() => Next().SetResult();

        public void Fail() => Next().SetException(new InvalidOperationException("as the test wants"));

        public override async Task RunAsync(string name, CancellationToken ct)
        {
            var end = _end.Task; // before the test hears of it and ends it
            _seen.Writer.TryWrite($"run {name}");
            await end.WaitAsync(ct);
        }

        public override void Wake(string name) => _seen.Writer.TryWrite($"wake {name}");

        public override void Ended(string name)
        {
            _seen.Writer.TryWrite($"ended {name}");
            OnEnded?.Invoke();
        }

        private TaskCompletionSource Next() =>
            Interlocked.Exchange(ref _end, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
    }
}
