using M10Bot.News.Reading;

namespace M10Bot.News.Tests.Reading;

public sealed class SentencesTests
{
    [Theory]
    [InlineData("Rain fell. Rivers rose.", "Rain fell.|Rivers rose.")]
    [InlineData("Mr. Lund met Dr. Berg. They spoke.", "Mr. Lund met Dr. Berg.|They spoke.")]
    [InlineData("The U.S. Senate voted. It passed.", "The U.S. Senate voted.|It passed.")]
    [InlineData("He moved to the U.S. The family stayed.", "He moved to the U.S.|The family stayed.")]
    [InlineData("J. R. Lund and A.B. Berg won 3.5 million votes. No. 7 lost.", "J. R. Lund and A.B. Berg won 3.5 million votes.|No. 7 lost.")]
    [InlineData("She said no. He left.", "She said no.|He left.")]
    [InlineData("Alba Corp. shares rose. They fell later.", "Alba Corp. shares rose.|They fell later.")]
    [InlineData("It opens at 9 a.m. on Monday. Come early!", "It opens at 9 a.m. on Monday.|Come early!")]
    [InlineData("“We will go. We will come back,” she said. Nobody moved.", "“We will go. We will come back,” she said.|Nobody moved.")]
    [InlineData("\"Why? Because we can,\" he said. Rain fell.", "\"Why? Because we can,\" he said.|Rain fell.")]
    [InlineData("“It is done.” The mayor left.", "“It is done.”|The mayor left.")]
    [InlineData("“Is it done?” asked the mayor. Yes.", "“Is it done?” asked the mayor.|Yes.")]
    [InlineData("Well ... he waited. Then he went.", "Well ... he waited.|Then he went.")]
    [InlineData("No end", "No end")]
    [InlineData("Lund after the hearing, where he was banned from driving The brother of the mayor lost his job.", "Lund after the hearing, where he was banned from driving|The brother of the mayor lost his job.")]
    [InlineData("The post that he sold for £20 He was once a champion.", "The post that he sold for £20|He was once a champion.")]
    [InlineData("Leaving court (pictured) They said nothing.", "Leaving court (pictured)|They said nothing.")]
    [InlineData("Ships moored off Alba Its harbour is shut.", "Ships moored off Alba|Its harbour is shut.")]
    [InlineData("She wrote to The Guardian of Alba and it won Serie A titles.", "She wrote to The Guardian of Alba and it won Serie A titles.")]
    [InlineData("Lawyers for Ms An said that Premier He left.", "Lawyers for Ms An said that Premier He left.")]
    [InlineData("Readers of “Where The road ends” met.", "Readers of “Where The road ends” met.")]
    public void A_paragraph_is_cut_where_its_sentences_end(string text, string sentences) =>
        string.Join('|', Sentences.Split(text).Select(range => text[range])).ShouldBe(sentences);

    [Theory]
    [InlineData("“They feel strongly about it.", true)]
    [InlineData("I think so.” She left", true)]
    [InlineData("He said \"no.", true)]
    [InlineData("He said “no”.", false)]
    [InlineData("The people’s vote is over.", false)]
    public void Half_a_quotation_is_known(string sentence, bool half) => Sentences.IsHalfQuote(sentence).ShouldBe(half);

    [Fact]
    public void Any_text_is_cut_into_pieces_of_itself_in_order()
    {
        var random = new Random(11);
        const string seed = "Ab c.?!…“”\"'’ U.S. 3.5 »«)(\u0301";
        for (var i = 0; i < 3000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(0, 60)).Select(_ => seed[random.Next(seed.Length)])]);
            var end = 0;
            foreach (var range in Sentences.Split(text))
            {
                var (offset, length) = range.GetOffsetAndLength(text.Length);
                offset.ShouldBeGreaterThanOrEqualTo(end);
                length.ShouldBeGreaterThan(0);
                text[end..offset].ShouldBeNullOrWhiteSpace();
                end = offset + length;
            }

            text[end..].ShouldBeNullOrWhiteSpace();
        }
    }
}
