// @slack/web-api alone: messages, threads, histories, limits, installs.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ErrorCode, WebClient } from '@slack/web-api';
import { fullManifest, startSimulator, until } from '../simulator.mjs';

const channel = 'C0BREAKING';
let simulator, client;

before(async () => {
  simulator = await startSimulator({ manifest: fullManifest });
  client = new WebClient(simulator.slackBotToken, { slackApiUrl: simulator.slackApi, logLevel: 'error' });
});

after(() => simulator?.stop());

const fails = (call, error) => assert.rejects(call, e => e.code === ErrorCode.PlatformError && e.data.error === error);

test('it knows who it is', async () => {
  const me = await client.auth.test();
  assert.equal(me.team_id, 'T0M10NEWS');
  assert.ok(me.response_metadata.scopes.includes('chat:write'));
});

test('a message is posted, edited, answered in its thread, and deleted', async () => {
  const metadata = { event_type: 'm10_alert', event_payload: { delivery_key: 'k1' } };
  const post = await client.chat.postMessage({ channel, text: 'FLASH', metadata, unfurl_links: false });
  await client.chat.update({ channel, ts: post.ts, text: 'UPDATE', blocks: [{ type: 'divider' }] });
  const reply = await client.chat.postMessage({ channel, text: 'CORRECTED', thread_ts: post.ts, reply_broadcast: true });
  const thread = await client.conversations.replies({ channel, ts: post.ts });
  assert.deepEqual(thread.messages.map(m => m.ts), [post.ts, reply.ts]);
  assert.equal(thread.messages[0].reply_count, 1);
  const history = await client.conversations.history({ channel, oldest: post.ts, inclusive: true, include_all_metadata: true });
  assert.equal(history.messages.at(-1).metadata.event_payload.delivery_key, 'k1');
  assert.match((await client.chat.getPermalink({ channel, message_ts: post.ts })).permalink, /archives\/C0BREAKING\/p\d{16}$/);
  await client.chat.delete({ channel, ts: reply.ts });
  await fails(client.chat.delete({ channel, ts: reply.ts }), 'message_not_found');
});

test('a refusal says where the blocks are wrong', async () => {
  const wrong = client.chat.postMessage({ channel, text: 'x', blocks: [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }] });
  await assert.rejects(wrong, e => e.data.error === 'invalid_blocks' && e.data.response_metadata.messages[0] === '[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]');
});

test('a message kept for later comes when its time has come', async () => {
  const now = Date.parse((await simulator.get('/control/clock')).now) / 1000;
  const kept = await client.chat.scheduleMessage({ channel: 'C0DESK', text: 'Good morning', post_at: Math.floor(now) + 3600 });
  assert.equal((await client.chat.scheduledMessages.list()).scheduled_messages[0].id, kept.scheduled_message_id);
  await simulator.advance(3601);
  await until(async () => (await client.conversations.history({ channel: 'C0DESK' })).messages[0]?.text === 'Good morning', 'the scheduled message');
});

test('pages are followed to their end', async () => {
  const names = [];
  for await (const page of client.paginate('conversations.list', { limit: 1 })) names.push(...page.channels.map(c => c.name));
  assert.deepEqual(names, ['breaking', 'desk', 'general']);
});

test('people and groups are found', async () => {
  assert.equal((await client.users.info({ user: 'U0ADMIN' })).user.is_admin, true);
  assert.deepEqual((await client.usergroups.users.list({ usergroup: 'S0DESK' })).users, ['U0EDITOR', 'U0ADMIN']);
  await fails(client.users.info({ user: 'U0NOBODY' }), 'user_not_found');
});

test('a limit is met with the time to wait, and waited out by a client that may', async () => {
  const hasty = new WebClient(simulator.slackBotToken, { slackApiUrl: simulator.slackApi, rejectRateLimitedCalls: true, logLevel: 'error' });
  const burst = Array.from({ length: 30 }, () => hasty.chat.postMessage({ channel: 'C0GENERAL', text: 'x' }));
  const refused = (await Promise.allSettled(burst)).filter(p => p.status === 'rejected').map(p => p.reason);
  assert.ok(refused.length > 0);
  assert.ok(refused.every(e => e.code === ErrorCode.RateLimitedError && e.retryAfter >= 1));
  assert.equal((await client.chat.postMessage({ channel: 'C0GENERAL', text: 'patient' })).ok, true);
});

test('a code of the install page becomes a token that rotates', async () => {
  const redirect = 'https://m10.example.org/slack/oauth';
  await simulator.post('/control/slack/settings', { rotating: true });
  const form = new URLSearchParams({ client_id: '10.10', scope: 'chat:write', redirect_uri: redirect, state: 's', team: 'T0M10NEWS', person: 'admin', answer: 'allow' });
  const consent = await fetch(`${simulator.address}/slack/oauth/v2/authorize`, { method: 'POST', body: form, redirect: 'manual' });
  const code = new URL(consent.headers.get('location')).searchParams.get('code');
  const anonymous = new WebClient(undefined, { slackApiUrl: simulator.slackApi, logLevel: 'error' });
  const app = { client_id: '10.10', client_secret: 'simulated-client-secret' };
  const granted = await anonymous.oauth.v2.access({ ...app, code, redirect_uri: redirect });
  assert.equal(granted.team.id, 'T0M10NEWS');
  const renewed = await anonymous.oauth.v2.access({ ...app, grant_type: 'refresh_token', refresh_token: granted.refresh_token });
  await simulator.advance(12 * 3600);
  const rotated = new WebClient(renewed.access_token, { slackApiUrl: simulator.slackApi, logLevel: 'error' });
  await fails(rotated.auth.test(), 'token_expired');
});
