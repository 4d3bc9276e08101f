// One small app written with Bolt; the tests run it over Socket Mode and over HTTP, and it must behave the same.

const settings = {
  type: 'modal',
  callback_id: 'settings',
  title: { type: 'plain_text', text: 'News settings' },
  submit: { type: 'plain_text', text: 'Save' },
  blocks: [
    {
      type: 'input', block_id: 'topic', label: { type: 'plain_text', text: 'Topic' },
      element: { type: 'external_select', action_id: 'topic', min_query_length: 2, placeholder: { type: 'plain_text', text: 'Type a topic' } },
    },
    { type: 'input', block_id: 'note', optional: true, label: { type: 'plain_text', text: 'Note' }, element: { type: 'plain_text_input', action_id: 'note' } },
  ],
};

const card = text => ({
  text,
  blocks: [
    { type: 'section', block_id: 's', text: { type: 'mrkdwn', text, verbatim: true } },
    {
      type: 'actions', block_id: 'a', elements: [
        { type: 'button', action_id: 'mute', value: 't:42', text: { type: 'plain_text', text: 'Mute' } },
        {
          type: 'static_select', action_id: 'pace', placeholder: { type: 'plain_text', text: 'Pace' },
          options: [{ text: { type: 'plain_text', text: 'All' }, value: 'all' }, { text: { type: 'plain_text', text: 'Flashes' }, value: 'flash' }],
        },
      ],
    },
  ],
});

const option = name => ({ text: { type: 'plain_text', text: name }, value: name.toLowerCase() });

/** Gives the app its handlers; what it saw of the world is kept in the list that is returned. */
export function teach(app) {
  const seen = [];
  app.command('/m10', async ({ command, ack, respond, client }) => {
    seen.push(['command', command.text]);
    if (command.text === 'settings') {
      await ack();
      await client.views.open({ trigger_id: command.trigger_id, view: settings });
    } else if (command.text === 'later') {
      await ack();
      await respond({ response_type: 'in_channel', text: 'Here it is.' });
    } else {
      await ack(card('The latest.'));
    }
  });
  app.action('mute', async ({ action, ack, respond }) => {
    seen.push(['mute', action.value]);
    await ack();
    await respond({ replace_original: true, text: 'Muted.' });
  });
  app.action('pace', async ({ action, ack }) => {
    seen.push(['pace', action.selected_option.value]);
    await ack();
  });
  app.options('topic', async ({ options, ack }) => {
    seen.push(['options', options.value]);
    await ack({ options: ['Ukraine', 'UK'].filter(n => n.toLowerCase().startsWith(options.value)).map(option) });
  });
  app.view('settings', async ({ view, ack }) => {
    const topic = view.state.values.topic.topic.selected_option.value;
    seen.push(['view', topic, view.state.values.note.note.value]);
    await (topic === 'uk' ? ack({ response_action: 'errors', errors: { topic: 'Followed already.' } }) : ack());
  });
  app.shortcut('m10.summarise', async ({ shortcut, ack, respond }) => {
    seen.push(['shortcut', shortcut.message.text]);
    await ack();
    await respond('In short.');
  });
  app.event('app_home_opened', async ({ event, client }) => {
    seen.push(['home', event.user]);
    await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: [{ type: 'header', text: { type: 'plain_text', text: 'Your alerts' } }] } });
  });
  app.event('channel_archive', async ({ event }) => seen.push(['archived', event.channel]));
  app.message('hello', async ({ message, say }) => {
    seen.push(['message', message.text]);
    await say({ text: 'Hello yourself.', thread_ts: message.ts });
  });
  app.error(async error => seen.push(['error', error.message]));
  return seen;
}
