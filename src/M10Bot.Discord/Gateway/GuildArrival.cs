using System.Globalization;
using System.Text.Json;
using M10Bot.Discord.Places;

namespace M10Bot.Discord.Gateway;

/// <summary>
/// Reads a server's arrival as it streams by. It names every channel of the server, thousands come in a burst when the bot signs in,
/// and next to nothing of it is kept: nothing is made of it but numbers.
/// </summary>
internal static class GuildArrival
{
    /// <param name="d">The content of GUILD_CREATE.</param>
    /// <param name="guilds">Is told of the channels.</param>
    /// <param name="guild">The server's id.</param>
    /// <param name="isAway">Discord has an outage there.</param>
    /// <returns>False where it makes no sense.</returns>
    public static bool TryRead(ReadOnlySpan<byte> d, GuildBook guilds, out string guild, out bool isAway)
    {
        (guild, isAway) = ("", false);
        var reader = new Utf8JsonReader(d);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("id"u8))
                {
                    guild = Id(ref reader) is { } id ? id.ToString(CultureInfo.InvariantCulture) : "";
                }
                else if (reader.ValueTextEquals("unavailable"u8))
                {
                    isAway = reader.Read() && reader.TokenType == JsonTokenType.True;
                }
                else if (reader.ValueTextEquals("channels"u8))
                {
                    Channels(ref reader, guilds);
                }
                else
                {
                    reader.Skip();
                }
            }

            return guild.Length > 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void Channels(ref Utf8JsonReader reader, GuildBook guilds)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }

            ulong? id = null;
            var type = 0;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("id"u8))
                {
                    id = Id(ref reader);
                }
                else if (reader.ValueTextEquals("type"u8))
                {
                    type = reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) ? number : 0;
                }
                else
                {
                    reader.Skip();
                }
            }

            if (id is { } channel)
            {
                guilds.Told(channel, ChannelKinds.KindOf(type));
            }
        }
    }

    private static ulong? Id(ref Utf8JsonReader reader)
    {
        const int Longest = 20;
        Span<char> text = stackalloc char[Longest];
        if (!reader.Read() || reader.TokenType != JsonTokenType.String || reader.ValueSpan.Length > Longest)
        {
            reader.Skip();
            return null;
        }

        return ulong.TryParse(text[..reader.CopyString(text)], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
    }
}
