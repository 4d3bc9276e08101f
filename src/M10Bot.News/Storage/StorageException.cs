namespace M10Bot.News.Storage;

/// <summary>The tables cannot be worked with, for a reason that whoever runs the bot can mend; the message says what and how.</summary>
public sealed class StorageException(string message, Exception cause) : Exception(message, cause);
