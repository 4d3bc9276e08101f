using System.Globalization;
using M10Bot.Testing;

namespace M10Bot.Benchmarks.Replicas;

/// <summary>Every way between the replicas and from each to the database, so that one replica can be cut off and still live. The chats stay in its reach.</summary>
internal sealed class ReplicaLinks : IAsyncDisposable
{
    private readonly LoopbackLink[] _peers;
    private readonly LoopbackLink[] _databases;
    private volatile int[] _processes = [];

    /// <param name="ports">Where each replica listens.</param>
    /// <param name="database">The server's port.</param>
    public ReplicaLinks(int[] ports, int database)
    {
        _peers = [.. ports.Select(port => new LoopbackLink(port, Caller))];
        _databases = [.. ports.Select(_ => new LoopbackLink(database))];
    }

    /// <summary>Where the others reach it.</summary>
    public int PortOf(int replica) => _peers[replica].Port;

    public int DatabasePortOf(int replica) => _databases[replica].Port;

    /// <summary>The processes among which callers are looked for.</summary>
    public void Know(IEnumerable<int> processes) => _processes = [.. processes];

    /// <summary>Nothing of the replica reaches the others or the database any more, nor they it; nobody is told.</summary>
    public void CutOff(int replica, int process)
    {
        _databases[replica].Cut(_ => true);
        for (var i = 0; i < _peers.Length; i++)
        {
            var isItsOwn = i == replica;
            _peers[i].Cut(caller => isItsOwn || caller == process);
        }
    }

    public void Mend()
    {
        foreach (var link in _peers.Concat(_databases))
        {
            link.Mend();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var link in _peers.Concat(_databases))
        {
            await link.DisposeAsync();
        }
    }

    // Linux tells which process holds the other end: by the port to the socket's number, by that to the open file.
    private int Caller(int port)
    {
        var local = string.Create(CultureInfo.InvariantCulture, $"0100007F:{port:X4}");
        var socket = File.ReadLines("/proc/net/tcp")
            .Concat(File.ReadLines("/proc/net/tcp6"))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(part => part.Length > 9 && part[1].EndsWith(local, StringComparison.Ordinal))?[9];
        return socket is null ? 0 : _processes.FirstOrDefault(process => Holds(process, $"socket:[{socket}]"));
    }

    private static bool Holds(int process, string file)
    {
        try
        {
            return Directory.EnumerateFiles($"/proc/{process}/fd").Any(f => string.Equals(File.ResolveLinkTarget(f, false)?.Name, file, StringComparison.Ordinal));
        }
        catch (IOException)
        {
            return false; // it has ended, or closed a file meanwhile
        }
    }
}
