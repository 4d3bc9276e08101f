namespace M10Bot.Testing;

/// <summary>Puts a file into a folder as a newsroom's system would: written aside first, then renamed, so no half file is ever seen.</summary>
public static class WholeFile
{
    public static async Task DropAsync(string folder, string name, string text)
    {
        var aside = Path.Combine(folder, $".{name}.tmp");
        await File.WriteAllTextAsync(aside, text);
        File.Move(aside, Path.Combine(folder, name));
    }
}
