// @slack/bolt over HTTP: signed requests to its request URL.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import bolt from '@slack/bolt';
import { fullManifest, startSimulator } from '../simulator.mjs';
import { teach } from './bot.mjs';
import { manners } from './manners.mjs';

let simulator, app, seen;

before(async () => {
  simulator = await startSimulator({ manifest: fullManifest });
  const receiver = new bolt.HTTPReceiver({ signingSecret: simulator.slackSigningSecret, logLevel: 'error' });
  app = new bolt.App({ token: simulator.slackBotToken, receiver, clientOptions: { slackApiUrl: simulator.slackApi }, logLevel: 'error' });
  seen = teach(app);
  const server = await app.start({ port: 0, host: '127.0.0.1' });
  await simulator.post('/control/slack/settings', { socket_mode: false, request_url: `http://127.0.0.1:${server.address().port}/slack/events` });
});

after(async () => {
  await app?.stop();
  await simulator?.stop();
});

manners(() => ({ simulator, seen }));

for (const fault of ['WrongSignature', 'OldTimestamp', 'MissingSignature', 'UpperCaseSignature']) {
  test(`a request with ${fault} is turned away`, async () => {
    const before = seen.length;
    await simulator.post('/control/slack/faults', { fault, method: 'slash_commands' });
    const answer = await simulator.act('slack/command', { person: 'admin', channel: 'C0BREAKING', text: '/m10 latest' });
    assert.equal(answer.error, 'dispatch_failed');
    assert.equal(seen.length, before);
  });
}
