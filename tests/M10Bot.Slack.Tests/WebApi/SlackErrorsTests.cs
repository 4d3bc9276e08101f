using M10Bot.Slack.WebApi;

namespace M10Bot.Slack.Tests.WebApi;

public sealed class SlackErrorsTests
{
    /// <summary>Slack's error pages read again, by hand, apart from the program's table.</summary>
    public static TheoryData<string, string> Rows => new()
    {
        { "Wait", "ratelimited rate_limited" },
        { "Retry", "message_limit_exceeded request_timeout" },
        { "Move", "team_added_to_org org_login_required external_channel_migrating" },
        { "Ambiguous", "service_unavailable internal_error fatal_error update_failed duplicate_message_not_found duplicate_channel_not_found" },
        { "Destination", "channel_not_found not_in_channel is_archived is_inactive restricted_action restricted_action_read_only_channel" },
        { "Destination", "restricted_action_thread_only_channel restricted_action_non_threadable_channel restricted_action_thread_locked" },
        { "Destination", "ekm_access_denied access_denied no_permission app_access_restricted cannot_reply_to_message" },
        { "Destination", "messages_tab_disabled user_disabled user_not_found user_not_visible" },
        { "Destination", "cant_update_message cant_delete_message edit_window_closed" },
        { "Fix", "msg_too_long msg_blocks_too_long attachment_payload_limit_exceeded too_many_attachments" },
        { "Fix", "no_text invalid_blocks invalid_blocks_format markdown_text_conflict invalid_attachments invalid_arguments invalid_arg_name" },
        { "Fix", "invalid_array_arg invalid_json json_not_object invalid_form_data invalid_post_type missing_post_type invalid_charset block_mismatch" },
        { "Fix", "invalid_metadata_format invalid_metadata_schema metadata_too_large metadata_must_be_sent_from_app" },
        { "Team", "invalid_auth not_authed account_inactive token_revoked two_factor_setup_required enterprise_is_restricted token_expired" },
        { "Team", "missing_scope accesslimited team_access_not_granted" },
        { "Skip", "message_not_found expired_trigger_id exchanged_trigger_id invalid_trigger_id hash_conflict not_found not_enabled" },
        { "Developer", "not_allowed_token_type team_not_found method_deprecated deprecated_endpoint unknown_method" },
        { "Developer", "push_limit_reached view_too_large duplicate_external_id" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_error_leads_to_the_action_of_its_row(string action, string codes)
    {
        foreach (var code in codes.Split(' '))
        {
            SlackErrors.Of(code).Action.ToString().ShouldBe(action, code);
            SlackErrors.Of(code).Code.ShouldBe(code);
        }
    }

    [Fact]
    public void What_a_person_must_mend_says_how()
    {
        foreach (var error in SlackErrors.Known.Where(e => e.Action is SlackAction.Destination or SlackAction.Team or SlackAction.Fix or SlackAction.Developer))
        {
            error.Why.ShouldNotBeEmpty(error.Code);
            error.Remedy.ShouldEndWith(".", Case.Sensitive, error.Code);
        }
    }

    [Fact]
    public void What_is_tried_again_rests_first()
    {
        SlackErrors.Known.Where(e => e.Action is SlackAction.Retry or SlackAction.Team).ShouldAllBe(e => e.After >= TimeSpan.FromSeconds(5));
        SlackErrors.Of("message_limit_exceeded").After.ShouldBe(TimeSpan.FromMinutes(10));
    }

    [Fact]
    public void An_unknown_error_is_refused_and_reported()
    {
        var error = SlackErrors.Of("brand_new<!channel>\n");

        error.Action.ShouldBe(SlackAction.Developer);
        error.Why.ShouldBe("Slack answered brand_newchannel, which is not known here");
    }
}
