using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace M10Bot.Slack.WebApi;

/// <summary>A value already written as JSON, so that what goes to thousands of channels is written once.</summary>
[JsonConverter(typeof(ReadyJsonConverter))]
internal sealed class ReadyJson
{
    private ReadyJson(byte[] utf8) => Utf8 = utf8;

    public ReadOnlyMemory<byte> Utf8 { get; }

    public static ReadyJson Of<T>(T value, JsonTypeInfo<T> shape) => new(JsonSerializer.SerializeToUtf8Bytes(value, shape));

    public static ReadyJson Of(string text) => Of(text, SlackJson.Default.String);
}

internal sealed class ReadyJsonConverter : JsonConverter<ReadyJson>
{
    public override ReadyJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("It is only written.");

    // The serializer wrote it: there is nothing to check a second time.
    public override void Write(Utf8JsonWriter writer, ReadyJson value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
}
