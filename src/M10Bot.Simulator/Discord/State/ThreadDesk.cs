using System.Text.Json.Nodes;
using M10Bot.Simulator.Discord.Gateway;

namespace M10Bot.Simulator.Discord.State;

/// <summary>Opens, archives and removes threads, and tells the gateway and the page.</summary>
internal sealed class ThreadDesk(World world, GatewayHub hub, PageFeed feed)
{
    /// <param name="id">The starting message's id, or null.</param>
    public Channel Open(string? id, string name, Channel parent, int type, Person owner, int? archiveAfter, IEnumerable<string>? tags = null)
    {
        var thread = world.AddThread(id ?? world.Ids.Next(), name, parent, type, owner);
        thread.Thread!.ArchiveAfterMinutes = archiveAfter ?? thread.Thread.ArchiveAfterMinutes;
        thread.Thread.Tags = [.. tags ?? []];
        return thread;
    }

    /// <summary>To be told once its first message is in.</summary>
    public void Announce(Channel thread)
    {
        hub.Dispatch("THREAD_CREATE", thread.Guild, Intents.Guilds, () =>
        {
            var json = Rendered.Channel(thread);
            json["newly_created"] = true;
            return json;
        });
        TellPage("channel.create", thread);
    }

    public void SetArchived(Channel thread, bool archived, bool? locked = null)
    {
        var state = thread.Thread!;
        var now = world.Time.GetUtcNow();
        state.Archived = archived;
        state.Locked = locked ?? state.Locked;
        state.ArchiveChangedAt = now;
        state.ActiveAt = now;
        Changed(thread);
    }

    public void Changed(Channel thread)
    {
        hub.Dispatch("THREAD_UPDATE", thread.Guild, Intents.Guilds, () => Rendered.Channel(thread));
        TellPage("channel.update", thread);
    }

    public void Remove(Channel thread)
    {
        world.Channels.Remove(thread.Id);
        thread.Guild!.Threads.Remove(thread);
        hub.Dispatch("THREAD_DELETE", thread.Guild, Intents.Guilds, () => new JsonObject
        {
            ["id"] = thread.Id,
            ["guild_id"] = thread.Guild.Id,
            ["parent_id"] = thread.Thread!.Parent.Id,
            ["type"] = thread.Type,
        });
        TellPage("channel.delete", thread);
    }

    /// <summary>A thread that nobody wrote in for its time is archived; noticed when somebody looks.</summary>
    public void Settle(Channel channel)
    {
        if (channel.Thread is { Archived: false } thread && world.Time.GetUtcNow() - thread.ActiveAt >= TimeSpan.FromMinutes(thread.ArchiveAfterMinutes))
        {
            SetArchived(channel, archived: true);
        }
    }

    public void TellPage(string kind, Channel channel)
    {
        if (feed.HasListeners)
        {
            feed.Publish(Wire.Text(new JsonObject
            {
                ["pane"] = "discord",
                ["kind"] = kind,
                ["channel"] = DiscordPage.Shown(channel),
            }));
        }
    }
}
