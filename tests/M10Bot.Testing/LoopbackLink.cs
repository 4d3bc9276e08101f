using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace M10Bot.Testing;

/// <summary>A way from one program on this machine to another's port that can be cut, as a cable is or as a server that goes away.</summary>
public sealed class LoopbackLink : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closed = new();
    private readonly ConcurrentDictionary<Socket, bool> _callers = [];
    private readonly int _target;
    private readonly Func<int, int> _whoCalls;
    private readonly Task _accepting;
    private volatile Func<int, bool>? _isCut;
    private volatile bool _isAway;

    /// <param name="target">The port that it leads to.</param>
    /// <param name="whoCalls">Names a caller by the port it calls from; asked once, when the link is first cut.</param>
    public LoopbackLink(int target, Func<int, int>? whoCalls = null)
    {
        (_target, _whoCalls) = (target, whoCalls ?? (_ => 0));
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What these callers send, and what is sent to them, is kept back until <see cref="Mend"/>; nobody is told.</summary>
    public void Cut(Func<int, bool> caller) => _isCut = caller;

    /// <summary>Every connection breaks, and new ones are broken at once, until <see cref="Mend"/>.</summary>
    public void GoAway()
    {
        _isAway = true;
        foreach (var caller in _callers.Keys)
        {
            Break(caller);
        }
    }

    public void Mend() => (_isCut, _isAway) = (null, false);

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _closed.Dispose();
    }

    private async Task AcceptAsync()
    {
        var running = new List<Task>();
        try
        {
            while (true)
            {
                running.Add(ServeAsync(await _listener.AcceptSocketAsync(_closed.Token)));
                running.RemoveAll(r => r.IsCompleted);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Disposed.
        }

        await Task.WhenAll(running);
    }

    private async Task ServeAsync(Socket caller)
    {
        using var target = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        caller.NoDelay = true;
        _callers[caller] = true;
        try
        {
            var port = ((IPEndPoint)caller.RemoteEndPoint!).Port;
            var who = new Lazy<int>(() => _whoCalls(port));
            if (_isAway)
            {
                Break(caller);
            }

            await OpenAsync(who);
            await target.ConnectAsync(IPAddress.Loopback, _target, _closed.Token);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(_closed.Token);
            await Task.WhenAny(PumpAsync(caller, target, who, both.Token), PumpAsync(target, caller, who, both.Token));
            await both.CancelAsync();
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Either side is gone: so is the link between them.
        }
        finally
        {
            _callers.TryRemove(caller, out _);
            caller.Dispose();
        }
    }

    private async Task PumpAsync(Socket from, Socket to, Lazy<int> who, CancellationToken ct)
    {
        var buffer = new byte[16_384];
        try
        {
            while (await from.ReceiveAsync(buffer, ct) is > 0 and var count)
            {
                await OpenAsync(who);
                await to.SendAsync(buffer.AsMemory(0, count), ct);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // As above.
        }
    }

    private async Task OpenAsync(Lazy<int> who)
    {
        if (_isCut?.Invoke(who.Value) is true)
        {
            using var pulse = new PeriodicTimer(Look);
            while (_isCut?.Invoke(who.Value) is true)
            {
                await pulse.WaitForNextTickAsync(_closed.Token);
            }
        }
    }

    // Without a goodbye, as when the program at the other end is gone.
    private static void Break(Socket caller)
    {
        try
        {
            caller.Close(0);
        }
        catch (ObjectDisposedException)
        {
            // It went by itself.
        }
    }
}
