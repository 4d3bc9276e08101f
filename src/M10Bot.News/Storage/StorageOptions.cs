using System.ComponentModel.DataAnnotations;

namespace M10Bot.News.Storage;

/// <summary>Section <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>A SQLite file, or PostgreSQL where it names a <c>Host=</c>.</summary>
    [Required]
    public string ConnectionString { get; set; } = "Data Source=data/m10bot.db";
}
