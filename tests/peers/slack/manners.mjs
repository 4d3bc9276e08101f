// What any Bolt app must be able to do here, whichever way the simulated Slack reaches it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../simulator.mjs';

const channel = 'C0BREAKING';

/** `it()` gives { simulator, seen } of the running app. */
export function manners(it) {
  const act = (what, body) => it().simulator.act(`slack/${what}`, { person: 'admin', ...body });
  const messages = async where => (await it().simulator.get('/page/world')).slack.messages[where];
  const last = async where => (await messages(where)).at(-1);
  const saw = (...what) => until(() => it().seen.some(s => JSON.stringify(s) === JSON.stringify(what)), JSON.stringify(what));

  test('a slash command is answered in its acknowledgement, for the asker alone', async () => {
    assert.equal((await act('command', { channel, text: '/m10 latest' })).ok, true);
    const answer = await last(channel);
    assert.equal(answer.text, 'The latest.');
    assert.equal(answer.ephemeral_for, 'U0ADMIN');
  });

  test('a select and a button of that answer reach the app, and the button replaces it', async () => {
    const { ts } = await last(channel);
    assert.equal((await act('action', { channel, message: ts, block_id: 'a', action_id: 'pace', value: 'flash' })).ok, true);
    await saw('pace', 'flash');
    assert.equal((await act('action', { channel, message: ts, block_id: 'a', action_id: 'mute' })).ok, true);
    await saw('mute', 't:42');
    await until(async () => (await last(channel)).text === 'Muted.', 'the replaced message');
  });

  test('a late answer goes through the response URL', async () => {
    assert.equal((await act('command', { channel, text: '/m10 later' })).ok, true);
    await until(async () => (await last(channel)).text === 'Here it is.', 'the late answer');
    assert.equal((await last(channel)).command.text, '/m10 later');
  });

  test('a modal asks for options, shows errors at its fields and closes', async () => {
    await act('command', { channel, text: '/m10 settings' });
    const view = await until(async () => (await it().simulator.get('/page/world')).slack.views.admin, 'the modal');
    const { options } = await act('options', { view: view.id, block_id: 'topic', action_id: 'topic', typed: 'uk' });
    assert.deepEqual(options.map(o => o.value), ['ukraine', 'uk']);
    const refused = await act('view-submit', { view: view.id, state: { topic: { topic: { type: 'external_select', selected_option: options[1] } } } });
    assert.deepEqual(refused.errors, { topic: 'Followed already.' });
    const taken = await act('view-submit', { view: view.id, state: { topic: { topic: { type: 'external_select', selected_option: options[0] } }, note: { note: 'nightly' } } });
    assert.equal(taken.ok, true);
    await saw('view', 'ukraine', 'nightly');
    assert.equal((await it().simulator.get('/page/world')).slack.views.admin, null);
  });

  test('the home is published when somebody opens it', async () => {
    await act('home', {});
    const home = await until(async () => (await it().simulator.get('/page/world')).slack.homes.admin, 'the home');
    assert.equal(home.blocks[0].text.text, 'Your alerts');
  });

  test('a shortcut brings its message', async () => {
    await act('say', { channel: 'C0GENERAL', text: 'A long story' });
    const { ts } = await last('C0GENERAL');
    assert.equal((await act('shortcut', { callback_id: 'm10.summarise', channel: 'C0GENERAL', message: ts })).ok, true);
    await saw('shortcut', 'A long story');
    await until(async () => (await last('C0GENERAL')).text === 'In short.', 'the answer');
  });

  test('a direct message is answered in its thread, and the answer is not taken for a message', async () => {
    await act('say', { channel: 'D0ADMIN', text: 'hello there' });
    const reply = await until(async () => (await messages('D0ADMIN')).find(m => m.text === 'Hello yourself.'), 'the reply');
    assert.equal(reply.thread_ts, (await messages('D0ADMIN'))[0].ts);
    assert.equal(it().seen.filter(s => s[0] === 'message').length, 1);
  });

  test('an archived channel is told', async () => {
    await it().simulator.post('/control/slack/world', { do: 'archive', channel: 'C0DESK' });
    await saw('archived', 'C0DESK');
  });

  test('nothing went wrong on the way, and nothing was careless', async () => {
    assert.deepEqual(it().seen.filter(s => s[0] === 'error'), []);
    assert.deepEqual((await it().simulator.get('/control/slack/complaints')).complaints, []);
  });
}
