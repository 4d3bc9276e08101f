using System.Globalization;
using M10Bot.Discord.Rest;

namespace M10Bot.Discord.Tests.Rest;

public class DiscordErrorsTests
{
    // Code, what is done, and a word that the admin must find. Kept apart from the table under test on purpose.
    private const string Rows = """
        10003 Suspend channel
        10004 Leave Invite
        10007 Suspend removed
        10008 Gone -
        10013 Suspend removed
        10015 NotYet -
        10062 Abandon -
        20009 Decline -
        20016 Wait -
        20022 Wait -
        20028 Wait -
        20029 Wait -
        30007 Suspend webhook
        30032 Decline makers
        30034 Wait -
        30046 Wait -
        30058 Suspend webhook
        40001 StopAll Token
        40003 Wait -
        40004 Suspend portal
        40005 Plainer -
        40033 AlreadyDone -
        40058 Suspend thread
        40060 EditInstead -
        40062 Wait -
        40067 Suspend tag
        40094 Abandon -
        40333 Block requests
        50001 Suspend View
        50005 Decline makers
        50006 Decline makers
        50007 Suspend privacy
        50008 Suspend channel
        50013 Suspend Send
        50014 StopAll Token
        50016 Decline makers
        50021 Decline makers
        50024 Suspend channel
        50027 Abandon -
        50034 Decline makers
        50035 Plainer -
        50045 Plainer -
        50083 Unarchive Unlock
        50095 Suspend removed
        50109 Decline makers
        50278 Suspend Join
        130000 Retry -
        160002 Plainer History
        160004 AlreadyDone -
        160005 Suspend Unlock
        160006 Suspend Archive
        160007 Wait -
        200000 Decline -
        200001 Decline -
        220001 Suspend thread
        220002 Decline makers
        220003 Suspend channel
        220004 Suspend channel
        240000 Decline -
        400001 Plainer -
        """;

    public static TheoryData<int, string, string> Table()
    {
        var data = new TheoryData<int, string, string>();
        foreach (var row in Rows.Split('\n').Select(line => line.Trim().Split(' ')))
        {
            data.Add(int.Parse(row[0], CultureInfo.InvariantCulture), row[1], row[2]);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void Every_code_has_its_ruling_and_names_what_a_person_must_do(int code, string act, string remedy)
    {
        var ruling = DiscordErrors.For(new DiscordError(400, code, []));
        ruling.Act.ToString().ShouldBe(act);
        ruling.Why.ShouldNotBeEmpty();
        ruling.Remedy.ShouldContain(remedy.Trim('-')); // "-" asks nothing of a person
    }

    [Fact]
    public void No_row_of_the_table_is_without_a_test() =>
        Table().Select(row => (int)row[0]).Order().ShouldBe(DiscordErrors.KnownCodes.Order());

    [Theory]
    [InlineData(401, "StopAll")]
    [InlineData(403, "Suspend")]
    [InlineData(404, "Suspend")]
    [InlineData(413, "Plainer")]
    [InlineData(429, "Wait")]
    [InlineData(418, "Plainer")]
    [InlineData(503, "Retry")]
    public void Without_a_code_the_status_decides(int status, string act) =>
        DiscordErrors.For(new DiscordError(status, 0, [])).Act.ToString().ShouldBe(act);

    [Fact]
    public void An_unknown_message_with_403_is_a_block_and_not_a_removal() =>
        DiscordErrors.For(new DiscordError(403, 10008, [])).Act.ShouldBe(ErrorAct.Suspend);

    [Theory]
    [InlineData(403)]
    [InlineData(429)]
    public void A_page_in_the_place_of_json_is_discords_network_turning_the_bot_away(int status) =>
        DiscordErrors.For(new DiscordError(status, 0, []), isPage: true).Act.ShouldBe(ErrorAct.Block);

    [Fact]
    public void A_bad_token_of_an_interaction_stops_that_interaction_alone() =>
        DiscordErrors.For(new DiscordError(401, 50027, []), isInteraction: true).Act.ShouldBe(ErrorAct.Abandon);
}
