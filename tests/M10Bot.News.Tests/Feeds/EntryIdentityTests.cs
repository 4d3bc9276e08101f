using M10Bot.News.Feeds;

namespace M10Bot.News.Tests.Feeds;

public sealed class EntryIdentityTests
{
    private static readonly Entry First = new()
    {
        Id = "tag:1",
        Title = "Harbour of Riga closed after a fire",
        Link = "https://www.example.org/riga?utm_source=rss",
        Summary = "Firefighters are at the terminal.",
        Published = DateTimeOffset.UnixEpoch,
    };

    public static TheoryData<string, Entry, bool> Others => new()
    {
        { "re-dated", First with { Published = DateTimeOffset.UnixEpoch.AddDays(3) }, true },
        { "re-titled", First with { Title = "Harbour of Riga open again" }, true },
        { "a new id", First with { Id = "tag:2" }, true },
        { "a new id and another tracker", First with { Id = "tag:2", Link = "http://example.org/riga/?fbclid=1" }, true },
        { "a new id and link, the same words", First with { Id = "tag:9", Link = "https://example.org/other" }, true },
        { "another entry", new Entry { Id = "tag:3", Title = "Parliament votes on the budget", Link = "https://example.org/budget", Summary = "The vote is on Friday." }, false },
        { "another entry of a live page", new Entry { Id = "tag:4", Title = "Second update of the day from Riga", Link = First.Link, Summary = "The river is closed too." }, false },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void An_entry_is_known_again_whatever_one_thing_has_changed(string what, Entry other, bool isSame) =>
        EntryIdentity.Keys(First).Intersect(EntryIdentity.Keys(other), StringComparer.Ordinal).Any().ShouldBe(isSame, what);

    [Fact]
    public void An_entry_without_an_id_is_its_link_and_one_without_either_its_words()
    {
        EntryIdentity.Keys(First with { Id = null })[0].ShouldStartWith("link:");
        EntryIdentity.Keys(First with { Id = " ", Link = null }).ShouldHaveSingleItem().ShouldStartWith("text:");
        EntryIdentity.Keys(new Entry()).ShouldBeEmpty();
    }

    [Fact]
    public void Its_text_has_changed_when_its_words_have_and_not_when_its_markup_has()
    {
        EntryIdentity.TextHash(First with { Title = "<b>Harbour</b> of Riga closed after a fire" }).ShouldBe(EntryIdentity.TextHash(First));
        EntryIdentity.TextHash(First with { Summary = "Firefighters have left the terminal." }).ShouldNotBe(EntryIdentity.TextHash(First), StringComparer.Ordinal);
    }
}
