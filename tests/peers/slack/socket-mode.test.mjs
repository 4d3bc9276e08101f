// @slack/socket-mode alone: the bare client that Bolt stands on.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SocketModeClient } from '@slack/socket-mode';
import { fullManifest, startSimulator, until } from '../simulator.mjs';

let simulator, client;
const commands = [];

before(async () => {
  simulator = await startSimulator({ manifest: fullManifest });
  client = new SocketModeClient({ appToken: simulator.slackAppToken, clientOptions: { slackApiUrl: simulator.slackApi }, logLevel: 'error' });
  client.on('slash_commands', async ({ ack, body }) => {
    commands.push(body.text);
    await ack({ text: `You said ${body.text}.` });
  });
  await client.start();
});

after(async () => {
  await client?.disconnect();
  await simulator?.stop();
});

const type = text => simulator.act('slack/command', { person: 'editor', channel: 'C0BREAKING', text: `/m10 ${text}` });
const verdicts = async () => (await simulator.journal('slack', 1000)).filter(e => e.call === 'socket').map(e => e.verdict);

test('a command is acknowledged with its answer', async () => {
  assert.equal((await type('one')).ok, true);
  assert.deepEqual(commands, ['one']);
});

test('a command in many frames, behind garbage, is understood', async () => {
  await simulator.post('/control/slack/faults', { fault: 'Fragmented', method: 'slash_commands' });
  assert.equal((await type('two')).ok, true);
});

test('after a refresh it is back on a new socket', async () => {
  await simulator.post('/control/slack/faults', { fault: 'refresh' });
  await until(async () => (await verdicts()).filter(v => v === 'hello').length === 2, 'the second hello');
  assert.equal((await type('three')).ok, true);
});

test('a half-open line is noticed by its missing pongs', async () => {
  await simulator.post('/control/slack/faults', { fault: 'freeze' });
  await until(async () => (await verdicts()).filter(v => v === 'hello').length === 3, 'the third hello');
  assert.equal((await type('four')).ok, true);
  assert.deepEqual(commands, ['one', 'two', 'three', 'four']);
});
