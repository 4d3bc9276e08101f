using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace M10Bot.News.Storage;

/// <summary>Writes rows as the one JSON parameter that <see cref="SqlDialect.Rows"/> reads: many rows, one round trip, one statement text.</summary>
public static class SqlRows
{
    /// <summary>Each row is an array of strings, whole numbers and nulls in the order of the columns.</summary>
    public static string Of(IEnumerable<object?[]> rows)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var row in rows)
            {
                json.WriteStartArray();
                foreach (var value in row)
                {
                    Write(json, value);
                }

                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>One column of numbers.</summary>
    public static string Of(IEnumerable<long> ids) => Of(ids.Select(id => new object?[] { id }));

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            default:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
        }
    }
}
