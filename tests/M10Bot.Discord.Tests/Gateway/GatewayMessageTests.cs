using System.Text;
using M10Bot.Discord.Gateway;

namespace M10Bot.Discord.Tests.Gateway;

public class GatewayMessageTests
{
    [Theory]
    [InlineData("""{"op":0,"s":7,"t":"READY","d":{"a":[1,{"b":"}"}]}}""", 0, 7L, "READY", """{"a":[1,{"b":"}"}]}""")]
    [InlineData("""{"t":null,"s":null,"op":9,"d":false}""", 9, null, null, "false")]
    [InlineData("""{"op":11}""", 11, null, null, "")]
    [InlineData("""{"new":{"op":5},"d":"text","op":1,"s":"x","t":5}""", 1, null, null, "\"text\"")]
    public void Its_parts_are_found_in_any_order(string json, int op, long? sequence, string? type, string content)
    {
        GatewayMessage.TryRead(Encoding.UTF8.GetBytes(json), out var message).ShouldBeTrue();
        (message.Op, message.S, message.T, Encoding.UTF8.GetString(message.D.Span)).ShouldBe((op, sequence, type, content));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"op":"1"}""")]
    [InlineData("""{"op":1""")]
    [InlineData("""{"op":1} x""")]
    [InlineData("""{"op":0,"d":{"a":}""")]
    [InlineData("""{"op":99999999999}""")]
    public void What_is_no_message_is_none(string text) => GatewayMessage.TryRead(Encoding.UTF8.GetBytes(text), out _).ShouldBeFalse();
}
