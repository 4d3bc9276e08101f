using M10Bot.News.Chat;

namespace M10Bot.News.Deliveries;

/// <summary>Makes a delivery's name for the platform: installation, row, and how often it was posted anew.</summary>
internal static class DeliveryKeys
{
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";

    /// <summary><c>1f0c9a7e-2s-0</c>: 8 characters, at most 13 for any id, and a short count.</summary>
    public static DeliveryKey Of(string installation, long id, int anew)
    {
        Span<char> digits = stackalloc char[13];
        var at = digits.Length;
        do
        {
            digits[--at] = Digits[(int)(id % 36)];
            id /= 36;
        }
        while (id > 0);

        // One digit is enough: what was posted anew 36 times has long left the platform's memory of the first.
        return new DeliveryKey($"{installation}-{digits[at..]}{(anew == 0 ? "" : $"-{Digits[anew % 36]}")}");
    }
}
