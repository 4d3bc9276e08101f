using M10Bot.News.Reading;

namespace M10Bot.News.Tests.Reading;

public sealed class LanguageFinderTests
{
    [Theory]
    [InlineData("en", "The river has been rising since the morning, and the town has closed two bridges, officials said on Tuesday.")]
    [InlineData("de", "Der Fluss steigt seit dem Morgen, und die Stadt hat zwei Brücken gesperrt, wie ein Sprecher am Dienstag sagte.")]
    [InlineData("fr", "Le fleuve monte depuis le matin et la ville a fermé deux ponts, a déclaré mardi un porte-parole de la mairie.")]
    [InlineData("es", "El río crece desde la mañana y la ciudad ha cerrado dos puentes, según dijo el martes una portavoz del ayuntamiento.")]
    [InlineData("pt", "O rio sobe desde a manhã e a cidade fechou duas pontes, disse na terça-feira uma porta-voz da prefeitura, que não deu mais detalhes.")]
    [InlineData("it", "Il fiume cresce dalla mattina e la città ha chiuso due ponti, ha detto martedì una portavoce del comune.")]
    [InlineData("nl", "De rivier stijgt sinds de ochtend en de stad heeft twee bruggen gesloten, zei een woordvoerder van de gemeente dinsdag.")]
    [InlineData("sv", "Floden har stigit sedan i morse och staden har stängt två broar, sade en talesperson för kommunen på tisdagen.")]
    [InlineData("da", "Floden er steget siden i morges, og byen har lukket to broer, sagde en talsmand for kommunen tirsdag, men han ville ikke sige mere.")]
    [InlineData("pl", "Rzeka wzbiera od rana, a miasto zamknęło dwa mosty, powiedział we wtorek rzecznik, który nie podał więcej szczegółów.")]
    [InlineData("cs", "Řeka stoupá od rána a město uzavřelo dva mosty, řekl v úterý mluvčí radnice, který další podrobnosti neuvedl.")]
    [InlineData("hu", "A folyó reggel óta árad, és a város két hidat lezárt, mondta kedden a városháza szóvivője, aki több részletet nem közölt.")]
    [InlineData("tr", "Nehir sabahtan beri yükseliyor ve şehir iki köprüyü kapattı, dedi belediye sözcüsü, ancak daha fazla bilgi vermedi.")]
    [InlineData("uk", "Річка піднімається з ранку, і місто закрило два мости, повідомив у вівторок речник міської ради, який не надав подробиць.")]
    [InlineData("ru", "Река поднимается с утра, и город закрыл два моста, сообщил во вторник представитель мэрии, который не привёл подробностей.")]
    [InlineData("bg", "Реката се покачва от сутринта и градът затвори два моста, каза във вторник говорител на общината, който не даде подробности.")]
    [InlineData("el", "Ο ποταμός ανεβαίνει από το πρωί και η πόλη έκλεισε δύο γέφυρες.")]
    [InlineData("ar", "ارتفع منسوب النهر منذ الصباح وأغلقت المدينة جسرين، حسب ما قال متحدث باسم البلدية في يوم الثلاثاء.")]
    [InlineData("fa", "آب رودخانه از صبح بالا آمده و شهر دو پل را بسته است، سخنگوی شهرداری گفت که این پل‌ها تا فردا باز نمی‌شود.")]
    [InlineData("he", "הנהר עולה מאז הבוקר והעירייה סגרה שני גשרים.")]
    [InlineData("ja", "川の水位は朝から上がり、市は二つの橋を閉鎖した。")]
    [InlineData("zh", "河水自早晨以来不断上涨，市政府关闭了两座桥梁。")]
    [InlineData("ko", "강물이 아침부터 불어나 시는 다리 두 곳을 폐쇄했다.")]
    public void A_sentence_of_news_shows_its_language(string language, string text) => LanguageFinder.Find(text).ShouldBe(language);

    [Theory]
    [InlineData("")]
    [InlineData("42 – 17")]
    [InlineData("Riga Vilnius Tallinn Gdansk Helsinki Malmö Stavanger Bergen Aarhus Odense")]
    public void What_shows_no_language_is_not_guessed(string text) => LanguageFinder.Find(text).ShouldBeNull();

    [Theory]
    [InlineData("en", "de")] // the wire's default does not make German text English
    [InlineData("und", "de")]
    [InlineData("de-AT", "de-AT")]
    [InlineData("lb", "lb")] // a language that is not told apart: the publisher knows
    public void The_text_outweighs_the_publishers_word_where_it_can_be_told(string declared, string language) =>
        LanguageFinder.Of("Der Fluss steigt seit dem Morgen, und die Stadt hat zwei Brücken gesperrt.", declared).ShouldBe(language);

    [Theory]
    [InlineData("en-GB", true, null)]
    [InlineData("und", true, null)]
    [InlineData("de", true, "in German, first sentences")]
    [InlineData("uk", false, "in Ukrainian")]
    [InlineData("lb", false, "in lb")]
    public void A_card_says_in_which_other_language_it_is(string language, bool showsText, string? note) => Languages.Note(language, showsText).ShouldBe(note);

    [Fact]
    public void A_million_characters_cost_no_more_than_a_page() =>
        LanguageFinder.Find(string.Concat(Enumerable.Repeat("Der Fluss steigt und die Stadt hat Brücken gesperrt. ", 20_000))).ShouldBe("de");
}
