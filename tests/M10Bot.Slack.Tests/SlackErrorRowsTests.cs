using System.Net;
using M10Bot.News.Chat;
using M10Bot.Slack.WebApi;

namespace M10Bot.Slack.Tests;

/// <summary>Every error of Slack's pages as a delivery meets it: what becomes of a post, and of an edit.</summary>
/// <remarks>The table is written by hand from the documentation, apart from the program's own; a code that one of them lacks turns it red.</remarks>
public sealed class SlackErrorRowsTests : IDisposable
{
    private const string Posted = """{"ok":true,"channel":"C1","ts":"1.2"}""";
    private readonly SlackRig _rig = new();

    public void Dispose() => _rig.Dispose();

    /// <summary>Codes; what a post comes to; what an edit comes to. <c>again</c>: sent once more in a simpler form, and shown.</summary>
    public static TheoryData<string, string, string> Rows => new()
    {
        { "ratelimited rate_limited", "waits", "waits" },
        { "message_limit_exceeded", "waits 600", "waits 600" },
        { "service_unavailable internal_error fatal_error update_failed", "in doubt", "waits 5" },
        { "duplicate_message_not_found duplicate_channel_not_found", "in doubt", "waits 5" },
        { "request_timeout", "waits 5", "waits 5" },
        { "team_added_to_org", "waits 1", "waits 3" },
        { "org_login_required", "waits 1", "waits 3" },
        { "external_channel_migrating", "waits 1", "waits 3" },
        { "channel_not_found", "refused: Invite", "refused: Invite" },
        { "not_in_channel", "joins", "refused: Invite" },
        { "is_archived is_inactive", "refused: Unarchive", "refused: Unarchive" },
        { "restricted_action restricted_action_read_only_channel restricted_action_thread_only_channel", "refused: workspace admin", "refused: workspace admin" },
        { "restricted_action_non_threadable_channel restricted_action_thread_locked cannot_reply_to_message", "refused: workspace admin", "refused: workspace admin" },
        { "thread_not_found", "refused: channel remove", "refused: channel remove" },
        { "ekm_access_denied access_denied no_permission app_access_restricted", "refused: workspace admin", "refused: workspace admin" },
        { "accesslimited team_access_not_granted", "waits 300", "waits 300" },
        { "messages_tab_disabled user_disabled user_not_found user_not_visible", "refused: Messages tab", "refused: Messages tab" },
        { "msg_too_long msg_blocks_too_long attachment_payload_limit_exceeded too_many_attachments", "again", "again" },
        { "no_text invalid_blocks invalid_blocks_format markdown_text_conflict invalid_attachments invalid_arguments", "again", "again" },
        { "invalid_arg_name invalid_array_arg invalid_json json_not_object invalid_form_data", "again", "again" },
        { "invalid_post_type missing_post_type invalid_charset block_mismatch", "again", "again" },
        { "invalid_metadata_format invalid_metadata_schema metadata_too_large metadata_must_be_sent_from_app", "again", "again" },
        { "message_not_found", "gone", "gone" },
        { "cant_update_message cant_delete_message edit_window_closed", "refused: by hand", "said under it" },
        { "invalid_auth not_authed account_inactive token_revoked two_factor_setup_required enterprise_is_restricted", "waits 300", "waits 300" },
        { "token_expired", "waits 30", "waits 30" },
        { "user_removed_from_team team_disabled forbidden_team missing_scope", "waits 300", "waits 300" },
        { "not_allowed_token_type team_not_found method_deprecated deprecated_endpoint unknown_method", "refused: developers", "refused: developers" },
        { "expired_trigger_id exchanged_trigger_id invalid_trigger_id trigger_expired trigger_exchanged", "gone", "gone" },
        { "hash_conflict not_found not_enabled", "gone", "gone" },
        { "push_limit_reached view_too_large duplicate_external_id insecure_request missing_args", "refused: developers", "refused: developers" },
        { "invalid_code bad_redirect_uri code_already_used invalid_client_id bad_client_secret invalid_refresh_token", "refused: own page", "refused: own page" },
        { "something_slack_thought_of_yesterday", "refused: developers", "refused: developers" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_post_and_an_edit_end_as_the_row_says(string codes, string post, string edit)
    {
        foreach (var code in codes.Split(' '))
        {
            using var rig = new SlackRig();
            Script(rig, "chat.postMessage", code, post);
            (await EndAsync(rig, rig.ChatPlatform.PostAsync(SlackRig.News, SlackRig.Flash, SlackRig.Key, CancellationToken.None))).ShouldBe(post.Split(':')[0], code);

            rig.Time.Advance(TimeSpan.FromSeconds(2)); // what is turned away at the same time is one step
            Script(rig, "chat.update", code, edit);
            var edited = rig.ChatPlatform.EditAsync(SlackRig.News, new Receipt("C1", "1.2"), SlackRig.Flash with { Version = 2 }, SlackRig.Key, CancellationToken.None);
            (await EndAsync(rig, edited)).ShouldBe(edit.Split(':')[0], code);

            if (post.Split(": ") is [_, var remedy])
            {
                SlackErrors.Of(code).Remedy.ShouldContain(remedy, Case.Sensitive, code);
            }
        }
    }

    [Fact]
    public void The_table_and_the_program_know_the_same_errors()
    {
        var written = Rows.SelectMany(row => ((string)row[0]).Split(' ')).Where(c => c != "something_slack_thought_of_yesterday");

        SlackErrors.Known.Select(e => e.Code).ShouldBe(written, ignoreOrder: true);
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, "in doubt")]
    [InlineData(HttpStatusCode.BadGateway, "in doubt")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "in doubt")]
    [InlineData(HttpStatusCode.GatewayTimeout, "in doubt")]
    [InlineData(HttpStatusCode.OK, "in doubt")]
    public async Task An_outage_or_an_answer_that_cannot_be_read_leaves_a_post_in_doubt(HttpStatusCode status, string end)
    {
        _rig.Slack.Answer("chat.postMessage", status, "<html>");

        (await EndAsync(_rig, _rig.ChatPlatform.PostAsync(SlackRig.News, SlackRig.Flash, SlackRig.Key, CancellationToken.None))).ShouldBe(end);
    }

    private static void Script(SlackRig rig, string method, string code, string end)
    {
        rig.Slack.Answer(method, $$"""{"ok":false,"error":"{{code}}"}""");
        switch (end)
        {
            case "again":
                rig.Slack.Answer(method, Posted);
                break;
            case "joins":
                rig.Slack.Answer("conversations.join", """{"ok":true}""").Answer(method, Posted);
                break;
            case "said under it":
                rig.Slack.Answer("conversations.replies", """{"ok":true,"messages":[]}""").Answer("chat.postMessage", """{"ok":true,"channel":"C1","ts":"5.5"}""");
                break;
        }
    }

    /// <summary>Counts the requests too: a simpler form is one more, joining two.</summary>
    private static async Task<string> EndAsync(SlackRig rig, Task<PostOutcome> ending)
    {
        var outcome = await SlackRig.Soon(ending);
        List<string> methods = [];
        while (!rig.Slack.IsQuiet)
        {
            methods.Add((await rig.Slack.NextAsync()).Method);
        }

        return outcome switch
        {
            PostOutcome.Posted when methods.Contains("conversations.join") => "joins",
            PostOutcome.Posted when methods.Contains("conversations.replies") => "said under it",
            PostOutcome.Posted when methods.Count == 2 => "again",
            PostOutcome.Posted => "posted",
            PostOutcome.Refused => "refused",
            PostOutcome.Gone => "gone",
            PostOutcome.InDoubt => "in doubt",
            PostOutcome.Deferred { OnlyItsKind: true } => "waits",
            PostOutcome.Deferred deferred => $"waits {(deferred.Until - rig.Time.GetUtcNow()).TotalSeconds:0}",
            _ => outcome.GetType().Name,
        };
    }
}
