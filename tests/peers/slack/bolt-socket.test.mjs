// @slack/bolt over Socket Mode.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import bolt from '@slack/bolt';
import { fullManifest, startSimulator, until } from '../simulator.mjs';
import { teach } from './bot.mjs';
import { manners } from './manners.mjs';

let simulator, app, seen;

before(async () => {
  simulator = await startSimulator({ manifest: fullManifest });
  const clientOptions = { slackApiUrl: simulator.slackApi };
  const receiver = new bolt.SocketModeReceiver({ appToken: simulator.slackAppToken, installerOptions: { clientOptions }, logLevel: 'error' });
  app = new bolt.App({ token: simulator.slackBotToken, receiver, clientOptions, logLevel: 'error' });
  seen = teach(app);
  await app.start();
});

after(async () => {
  await app?.stop();
  await simulator?.stop();
});

manners(() => ({ simulator, seen }));

test('asked to come back on a new socket, it does so and misses nothing', async () => {
  await simulator.post('/control/slack/faults', { fault: 'refresh' });
  await simulator.act('slack/home', { person: 'editor' });
  await until(() => seen.some(s => s[0] === 'home' && s[1] === 'U0EDITOR'), 'the editor’s visit');
});

test('cut off without a word, it comes back', async () => {
  await simulator.post('/control/slack/faults', { fault: 'drop' });
  await until(async () => (await simulator.act('slack/command', { person: 'member', channel: 'C0GENERAL', text: '/m10 latest' }).catch(() => ({}))).ok, 'an answer after the cut');
});
