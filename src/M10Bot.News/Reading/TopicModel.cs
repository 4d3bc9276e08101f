using System.Runtime.InteropServices;
using System.Text;

namespace M10Bot.News.Reading;

/// <summary>Topics that a newsroom taught from its own archive: a weight for each word and topic, and how much is enough for each.</summary>
/// <remarks>TF-IDF, one linear separator per topic. The file is ours: a mark, the words, the topics.</remarks>
public sealed class TopicModel
{
    private const string Mark = "M10Bot topics 1";
    private const int MostTopics = 5000;
    private const int MostWords = 2_000_000;

    private readonly Dictionary<uint, int> _words;
    private readonly float[] _rarity;
    private readonly List<(int Topic, float Weight)>[] _weights;

    internal TopicModel(uint[] words, float[] rarity, IReadOnlyList<TopicCut> topics, IReadOnlyList<float[]> weights)
    {
        _words = words.Select((word, i) => (word, i)).ToDictionary(w => w.word, w => w.i);
        _rarity = rarity;
        Topics = topics;
        _weights = [.. words.Select(_ => new List<(int, float)>())];
        for (var topic = 0; topic < topics.Count; topic++)
        {
            for (var word = 0; word < words.Length; word++)
            {
                if (weights[topic][word] != 0)
                {
                    _weights[word].Add((topic, weights[topic][word]));
                }
            }
        }
    }

    private TopicModel(Dictionary<uint, int> words, float[] rarity, IReadOnlyList<TopicCut> topics, List<(int Topic, float Weight)>[] weights) =>
        (_words, _rarity, Topics, _weights) = (words, rarity, topics, weights);

    internal IReadOnlyList<TopicCut> Topics { get; }

    /// <summary>The codes of the topics that a text reaches, the surest first, each with how far it is above what is enough.</summary>
    public IReadOnlyList<(string Code, double Margin)> Find(string headline, string body)
    {
        var scores = Scores(TopicWordCounts.Of(headline, body));
        return [.. Topics.Select((topic, i) => (topic.Code, Margin: scores[i] - topic.Cut)).Where(t => t.Margin >= 0).OrderByDescending(t => t.Margin)];
    }

    public void Write(Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Mark);
        writer.Write(Topics.Count);
        foreach (var topic in Topics)
        {
            writer.Write(topic.Code);
            writer.Write(topic.Cut);
            writer.Write(topic.Bias);
        }

        writer.Write(_words.Count);
        foreach (var (word, i) in _words)
        {
            writer.Write(word);
            writer.Write(_rarity[i]);
            writer.Write((ushort)_weights[i].Count);
            foreach (var (topic, weight) in _weights[i])
            {
                writer.Write((ushort)topic);
                writer.Write(weight);
            }
        }
    }

    /// <exception cref="InvalidDataException">The file is none of ours, or cut off.</exception>
    public static TopicModel Read(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        try
        {
            return Read(reader);
        }
        catch (Exception e) when (e is EndOfStreamException or IndexOutOfRangeException or ArgumentException)
        {
            throw new InvalidDataException("It is cut off or damaged. Train it again: m10bot topics train.", e);
        }
    }

    internal double[] Scores(Dictionary<uint, int> counts)
    {
        var scores = Topics.Select(t => (double)t.Bias).ToArray();
        var length = 1e-9;
        var known = new List<(int Word, double Value)>(counts.Count);
        foreach (var (hash, count) in counts)
        {
            if (_words.TryGetValue(hash, out var word))
            {
                var value = (1 + Math.Log(count)) * _rarity[word];
                known.Add((word, value));
                length += value * value;
            }
        }

        length = Math.Sqrt(length);
        foreach (var (word, value) in known)
        {
            foreach (var (topic, weight) in CollectionsMarshal.AsSpan(_weights[word]))
            {
                scores[topic] += weight * value / length;
            }
        }

        return scores;
    }

    private static TopicModel Read(BinaryReader reader)
    {
        if (reader.BaseStream.ReadByte() != Mark.Length)
        {
            throw new InvalidDataException("It is no model of M10Bot.");
        }

        reader.BaseStream.Position--;
        var count = string.Equals(reader.ReadString(), Mark, StringComparison.Ordinal) ? reader.ReadInt32() : -1;
        if (count is < 0 or > MostTopics)
        {
            throw new InvalidDataException("It is no model of M10Bot, or of another version.");
        }

        var topics = Enumerable.Range(0, count).Select(_ => new TopicCut(reader.ReadString(), reader.ReadSingle(), reader.ReadSingle())).ToList();
        var size = reader.ReadInt32();
        if (size is < 0 or > MostWords)
        {
            throw new InvalidDataException("It is damaged. Train it again: m10bot topics train.");
        }

        var words = new Dictionary<uint, int>(size);
        var rarity = new float[size];
        var weights = new List<(int, float)>[size];
        for (var i = 0; i < size; i++)
        {
            words.Add(reader.ReadUInt32(), i);
            rarity[i] = reader.ReadSingle();
            weights[i] = [.. Enumerable.Range(0, reader.ReadUInt16()).Select(_ => (Topic(reader.ReadUInt16(), count), reader.ReadSingle()))];
        }

        return new TopicModel(words, rarity, topics, weights);
    }

    private static int Topic(int topic, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(topic, count);
        return topic;
    }
}

/// <param name="Code">The topic's.</param>
/// <param name="Cut">From this score on an article is about it.</param>
/// <param name="Bias">What an article without a known word scores.</param>
internal sealed record TopicCut(string Code, float Cut, float Bias);
