using System.Data.Common;
using M10Bot.News.Bulletins;
using M10Bot.News.Chat;
using M10Bot.News.Reading;
using M10Bot.News.Stories;

namespace M10Bot.News.Desk;

/// <summary>Tells a story anew after an editor put articles into it or took some out.</summary>
internal sealed class StoryRetelling(ArticleReader reader, StoryTopics topics)
{
    private const int MostRead = 40;

    /// <summary>What it is about, read again in the articles that it has now.</summary>
    public async Task ReadAgainAsync(DbTransaction tx, long story, IReadOnlyList<PlacedArticle> articles)
    {
        await StoryMergeStore.ForgetTopicsAsync(tx, story);
        foreach (var placed in articles.Where(a => a.MayLead).TakeLast(MostRead))
        {
            var article = await StoryStore.ArticleAsync(tx, placed.Id);
            await topics.AddAsync(tx, story, article, reader.Read(article));
        }
    }

    /// <summary>The next version of its bulletin, or the first.</summary>
    /// <param name="lead">The article that is to speak for it; null where the one that spoke goes on.</param>
    /// <param name="what">What readers are told is new; null at the first version.</param>
    /// <param name="notice">A correction's words that must not be lost with another story's card.</param>
    public async Task<Bulletin> NextAsync(
        DbTransaction tx, Story story, Bulletin? bulletin, PlacedArticle? lead, string? what, Notice? notice, int version, DateTimeOffset now)
    {
        var before = bulletin is null ? null : await BulletinStore.ToldAsync(tx, bulletin);
        if (lead is null && before is not null)
        {
            return await BulletinStore.AddVersionAsync(tx, bulletin, story.Id, CardBuilder.Rearranged(before, story, what!, notice, version, now), now);
        }

        var article = await StoryStore.ArticleAsync(tx, lead!.Id);
        var reading = await topics.AddAsync(tx, story.Id, article, reader.Read(article));
        var card = CardBuilder.Build(story, article, reading, before is null ? Change.New : Change.Update, before, previous: null, now);
        return await BulletinStore.AddVersionAsync(
            tx, bulletin, story.Id, card with { WhatIsNew = what, Notice = notice ?? before?.Notice, Version = version }, now);
    }

    /// <summary>Who speaks for a story: whoever did, in its newest version, while it has that item; else the newest that readers may have, told in its own words if there is one.</summary>
    public static PlacedArticle? LeadOf(IReadOnlyList<PlacedArticle> articles, long? before) =>
        // While a story was part of another, versions of its item led that one: taken out, it does not go back to what they put right.
        articles.Where(a => a.MayLead && a.Id >= before && a.Item == articles.FirstOrDefault(b => b.Id == before)?.Item).MaxBy(a => a.Id) ?? articles.Where(a => a.MayLead).OrderBy(a => a.IsCopy).ThenByDescending(a => a.Id).FirstOrDefault();
}
