using M10Bot.News.Chat;

namespace M10Bot.News.Deliveries;

/// <summary>A destination as the tables name it.</summary>
internal static class DestinationValues
{
    public const string Match = "platform = @platform and workspace = @workspace and kind = @kind and address = @address";

    public static object Of(Destination destination) => new
    {
        platform = destination.Platform.ToString().ToLowerInvariant(),
        workspace = destination.Workspace,
        kind = destination.Kind.ToString().ToLowerInvariant(),
        address = destination.Address,
    };
}
