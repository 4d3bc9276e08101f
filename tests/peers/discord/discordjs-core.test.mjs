import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { API, Client, GatewayDispatchEvents, InteractionType } from '@discordjs/core';
import { DiscordAPIError, REST } from '@discordjs/rest';
import { CompressionMethod, WebSocketManager } from '@discordjs/ws';
import { startSimulator } from '../simulator.mjs';
import { BUTTONS, COMMANDS, FORM, Member, converse, flood, resume } from './bench.mjs';

let simulator, gateway, api;
const faults = [];

before(async () => {
  simulator = await startSimulator();
  const rest = new REST({ api: simulator.discordApi }).setToken(simulator.discordToken);
  gateway = new WebSocketManager({ token: simulator.discordToken, intents: 1, rest, compression: CompressionMethod.ZlibNative, fetchGatewayInformation: () => rest.get('/gateway/bot') });
  const client = new Client({ rest, gateway });
  api = new API(rest);
  client.on(GatewayDispatchEvents.InteractionCreate, ({ data }) => answer(data).catch(e => faults.push(e)));
  const ready = new Promise(resolve => client.once(GatewayDispatchEvents.Ready, resolve));
  await gateway.connect();
  await ready;
});

after(async () => {
  await gateway?.destroy();
  await simulator?.stop();
});

async function answer(i) {
  const { id, token, data } = i;
  if (i.type === InteractionType.ApplicationCommandAutocomplete) {
    await api.interactions.createAutocompleteResponse(id, token, { choices: [{ name: 'Ukraine', value: 'ukr-1' }] });
  } else if (i.type === InteractionType.MessageComponent) {
    await api.interactions.updateMessage(id, token, { content: 'Pressed', components: [] });
  } else if (i.type === InteractionType.ModalSubmit) {
    await api.interactions.reply(id, token, { content: `Words: ${data.components[0].component.value}` });
  } else if (data.name === 'form') {
    await api.interactions.createModal(id, token, FORM);
  } else if (data.name === 'wait') {
    await api.interactions.defer(id, token, { flags: 64 });
    await api.interactions.editReply(simulator.botId, token, { content: 'Done' });
    await api.interactions.followUp(simulator.botId, token, { content: 'And more', flags: 64 });
  } else {
    await api.interactions.reply(id, token, { content: 'Here you are', components: BUTTONS });
  }
}

test('@discordjs/core registers commands', async () => {
  const registered = await api.applicationCommands.bulkOverwriteGlobalCommands(simulator.botId, COMMANDS);
  assert.deepEqual(registered.map(c => c.name), COMMANDS.map(c => c.name));
});

test('@discordjs/core answers at once, later, privately, with a form, choices and buttons', async () => {
  await converse(simulator);
  assert.deepEqual(faults, []);
});

test('@discordjs/core posts, edits, reads, publishes and deletes', async () => {
  const mia = new Member(simulator);
  const message = await api.channels.createMessage(simulator.channelId, { content: 'FLASH', nonce: 'one', enforce_nonce: true });
  assert.equal((await api.channels.createMessage(simulator.channelId, { content: 'FLASH', nonce: 'one', enforce_nonce: true })).id, message.id);
  await api.channels.editMessage(simulator.channelId, message.id, { content: 'UPDATE' });
  await mia.sees('UPDATE', m => m.id === message.id);
  assert.equal((await api.channels.getMessages(simulator.channelId, { limit: 10 })).some(m => m.id === message.id), true);
  await api.channels.deleteMessage(simulator.channelId, message.id);
  await mia.seesNothingOf(message.id);
  const news = await api.channels.createMessage('1300000000000000204', { content: 'News' });
  assert.equal((await api.channels.crosspostMessage('1300000000000000204', news.id)).flags & 1, 1);
  await assert.rejects(api.channels.crosspostMessage('1300000000000000204', news.id), e => e instanceof DiscordAPIError && e.code === 40033);
});

test('@discordjs/core keeps the rate limit', () => flood(simulator, (id, content) => api.channels.createMessage(id, { content })));

test('@discordjs/core resumes, compressed', async () => {
  await resume(simulator);
  assert.deepEqual(faults, []);
});
