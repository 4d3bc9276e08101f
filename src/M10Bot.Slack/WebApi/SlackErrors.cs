using System.Collections.Frozen;

namespace M10Bot.Slack.WebApi;

/// <summary>What the bot does about an error.</summary>
internal enum SlackAction
{
    /// <summary>The same item, after Retry-After.</summary>
    Wait,

    /// <summary>Surely not done; again after a while.</summary>
    Retry,

    /// <summary>Slack moves the workspace or the channel: surely not done; soon again, then ever later.</summary>
    Move,

    /// <summary>Possibly done; look before sending again.</summary>
    Ambiguous,

    /// <summary>Our content was not liked; once more as plain text.</summary>
    Fix,

    /// <summary>This destination only, until a person mends it.</summary>
    Destination,

    /// <summary>The whole workspace, until the operator mends it.</summary>
    Team,

    /// <summary>There is nothing left to do.</summary>
    Skip,

    /// <summary>A fault of this program or its set-up.</summary>
    Developer,
}

/// <param name="Code">As Slack wrote it.</param>
/// <param name="Action">What to do.</param>
/// <param name="Why">In plain words.</param>
/// <param name="Remedy">What a person can do; empty where nobody need do anything.</param>
/// <param name="After">For Retry and Team: how long to rest.</param>
internal sealed record SlackError(string Code, SlackAction Action, string Why, string Remedy, TimeSpan After)
{
    /// <summary>A message of ours that Slack no longer lets us touch; the channel itself is well.</summary>
    public bool IsFrozen => Code is "cant_update_message" or "cant_delete_message" or "edit_window_closed";
}

/// <summary>Every error that matters to us, once. Slack documents them per method; the union is here.</summary>
internal static class SlackErrors
{
    private const string Invite = "Invite the bot to the channel, then run /m10 channel test there.";
    private const string AskAdmin = "Ask a workspace admin to allow the bot to post there, then run /m10 channel test.";
    private const string Thread = "Take this thread away with /m10 channel remove, and choose another with “News into this thread” in the menu of its first message.";
    private const string Reinstall = "Reinstall the app from its manifest and restart with the new bot token.";
    private const string Report = "Report this to the developers with the code.";

    private static readonly FrozenDictionary<string, SlackError> Table = Rows().ToFrozenDictionary(e => e.Code, StringComparer.Ordinal);

    /// <summary>All codes known.</summary>
    public static IEnumerable<SlackError> Known => Table.Values;

    /// <summary>An unknown code is refused and reported, never retried for ever.</summary>
    public static SlackError Of(string code) => Table.TryGetValue(code, out var known)
        ? known
        : new SlackError(code, SlackAction.Developer, $"Slack answered {Shown(code)}, which is not known here", Report, TimeSpan.Zero);

    private static string Shown(string code) => new([.. code.Take(60).Where(c => char.IsAsciiLetterOrDigit(c) || c == '_')]);

    private static IEnumerable<SlackError> Rows() =>
    [
        .. Group(SlackAction.Wait, "Slack's rate limit is reached", "", 0, "ratelimited rate_limited"),

        .. Group(SlackAction.Retry, "the workspace's message limit is reached", "Ask a workspace admin about the plan's limit.", 600, "message_limit_exceeded"),
        .. Group(SlackAction.Retry, "Slack received the request cut short", "", 5, "request_timeout"),
        .. Group(SlackAction.Move, "the workspace or channel is being moved by Slack", "", 60, "team_added_to_org org_login_required external_channel_migrating"),

        .. Group(SlackAction.Ambiguous, "Slack had a fault of its own", "", 0, "service_unavailable internal_error fatal_error update_failed"),
        .. Group(SlackAction.Ambiguous, "Slack saw a repeat that it cannot show", "", 0, "duplicate_message_not_found duplicate_channel_not_found"),

        .. Group(SlackAction.Destination, "the channel does not exist, or is private and the bot is not in it", Invite, 0, "channel_not_found"),
        .. Group(SlackAction.Destination, "the bot is not in the channel", Invite, 0, "not_in_channel"),
        .. Group(SlackAction.Destination, "the channel is archived", "Unarchive the channel, or remove it with /m10 channel remove.", 0, "is_archived is_inactive"),
        .. Group(SlackAction.Destination, "a posting rule of the workspace or channel forbids it", AskAdmin, 0, "restricted_action restricted_action_read_only_channel restricted_action_thread_only_channel restricted_action_non_threadable_channel restricted_action_thread_locked cannot_reply_to_message"),
        .. Group(SlackAction.Destination, "the thread's first message is gone", Thread, 0, "thread_not_found"),
        .. Group(SlackAction.Destination, "an access rule of the workspace forbids it", AskAdmin, 0, "ekm_access_denied access_denied no_permission app_access_restricted"),
        .. Group(SlackAction.Destination, "this person cannot get direct messages from the bot", "The person can open the bot's Messages tab and subscribe again.", 0, "messages_tab_disabled user_disabled user_not_found user_not_visible"),
        .. Group(SlackAction.Destination, "Slack no longer lets the bot edit this message", "Post the change by hand, and ask a workspace admin to allow message editing for longer.", 0, "cant_update_message cant_delete_message edit_window_closed"),

        .. Group(SlackAction.Fix, "the message was too long for Slack", Report, 0, "msg_too_long msg_blocks_too_long attachment_payload_limit_exceeded too_many_attachments"),
        .. Group(SlackAction.Fix, "Slack did not accept the message's form", Report, 0, "no_text invalid_blocks invalid_blocks_format markdown_text_conflict invalid_attachments invalid_arguments invalid_arg_name invalid_array_arg invalid_json json_not_object invalid_form_data invalid_post_type missing_post_type invalid_charset block_mismatch"),
        .. Group(SlackAction.Fix, "Slack did not accept the message's metadata", Report, 0, "invalid_metadata_format invalid_metadata_schema metadata_too_large metadata_must_be_sent_from_app"),

        .. Group(SlackAction.Team, "Slack does not accept the bot's token", Reinstall, 300, "invalid_auth not_authed account_inactive token_revoked two_factor_setup_required enterprise_is_restricted user_removed_from_team team_disabled"),
        .. Group(SlackAction.Team, "the bot's token has ended and is being renewed", Reinstall, 30, "token_expired"),
        .. Group(SlackAction.Team, "the workspace does not let the app in", "Ask a workspace admin to approve the app and its network address.", 300, "accesslimited team_access_not_granted forbidden_team"),
        .. Group(SlackAction.Team, "the app lacks a permission", Reinstall, 300, "missing_scope"),

        .. Group(SlackAction.Skip, "the message is no longer there", "", 0, "message_not_found"),
        .. Group(SlackAction.Skip, "the person took too long", "Run the command again.", 0, "expired_trigger_id exchanged_trigger_id invalid_trigger_id trigger_expired trigger_exchanged"),
        .. Group(SlackAction.Skip, "the view has changed or gone", "Run the command again.", 0, "hash_conflict not_found not_enabled"),

        .. Group(SlackAction.Developer, "Slack did not take the installation", "Start the installation again from the bot's own page.", 0, "invalid_code bad_redirect_uri code_already_used invalid_client_id bad_client_secret invalid_refresh_token"),
        .. Group(SlackAction.Developer, "the wrong kind of token was used", Report, 0, "not_allowed_token_type"),
        .. Group(SlackAction.Developer, "the view was not accepted", Report, 0, "push_limit_reached view_too_large duplicate_external_id"),
        .. Group(SlackAction.Developer, "the call was wrong", Report, 0, "team_not_found method_deprecated deprecated_endpoint unknown_method insecure_request missing_args"),
    ];

    private static IEnumerable<SlackError> Group(SlackAction action, string why, string remedy, int afterSeconds, string codes) =>
        codes.Split(' ').Select(code => new SlackError(code, action, why, remedy, TimeSpan.FromSeconds(afterSeconds)));
}
