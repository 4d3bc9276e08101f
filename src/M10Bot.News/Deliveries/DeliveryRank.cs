namespace M10Bot.News.Deliveries;

/// <summary>What goes first when there is more to send than a lane may carry; lower goes first.</summary>
public enum DeliveryRank
{
    Kill,
    Correction,
    Flash,
    Urgent,
    Routine,
    Digest,
}
