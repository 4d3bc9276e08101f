using M10Bot.News.Stories;

namespace M10Bot.News.Tests.Stories;

public sealed class PostingListsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_lists_hold_what_plain_ones_would(int seed)
    {
        var chance = new Random(seed);
        var lists = new PostingLists<int>();
        var plain = new Dictionary<uint, List<int>>();
        for (var i = 0; i < 30_000; i++)
        {
            var key = (uint)Math.Exp(chance.NextDouble() * 6); // some lists are long, most are short
            if (chance.Next(4) > 0)
            {
                lists.Add(key, i);
                (plain.TryGetValue(key, out var list) ? list : plain[key] = []).Add(i);
            }
            else
            {
                var rest = chance.Next(3);
                lists.Remove(key, n => n % 3 == rest);
                plain.GetValueOrDefault(key)?.RemoveAll(n => n % 3 == rest);
            }

            if (i % 10_000 == 9_999)
            {
                Same();
                lists.Remove(n => n % 5 == 0);
                plain.Values.ToList().ForEach(list => list.RemoveAll(n => n % 5 == 0));
                Same();
            }
        }

        void Same()
        {
            for (var key = 0U; key < 500; key++)
            {
                lists.Find(key).ToArray().ShouldBe(plain.GetValueOrDefault(key, []));
            }
        }
    }

    [Fact]
    public void A_list_may_be_longer_than_a_page()
    {
        var lists = new PostingLists<int>();
        for (var i = 0; i < 20_000; i++)
        {
            lists.Add(7, i);
            lists.Add((uint)(8 + i), i);
        }

        lists.Find(7).ToArray().ShouldBe(Enumerable.Range(0, 20_000));
        lists.Find(20_007).ToArray().ShouldBe([19_999]);
        lists.Remove(7, n => n > 2);
        lists.Find(7).ToArray().ShouldBe([0, 1, 2]);
    }
}
