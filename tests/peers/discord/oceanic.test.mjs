import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client, InteractionTypes } from 'oceanic.js';
import { startSimulator } from '../simulator.mjs';
import { BUTTONS, COMMANDS, FORM, Member, converse, flood, resume } from './bench.mjs';

let simulator, client;
const faults = [];

before(async () => {
  simulator = await startSimulator();
  await simulator.post('/control/discord/order', { order: 'lenient' }); // no user agent of its own, and “Bot ” before the token at the gateway: both against the documentation, both let through by Discord
  client = new Client({ auth: `Bot ${simulator.discordToken}`, rest: { baseURL: `${simulator.discordApi}/v10` }, gateway: { intents: ['GUILDS'], maxShards: 1 } });
  client.on('interactionCreate', i => answer(i).catch(e => faults.push(e)));
  client.on('error', e => faults.push(e));
  const ready = new Promise((resolve, reject) => client.once('ready', resolve).once('error', reject));
  await client.connect();
  await ready;
});

after(async () => {
  client?.disconnect(false);
  await simulator?.stop();
});

const rows = list => list.map(r => ({ type: 1, components: r.components.map(c => ({ type: 2, style: c.style, label: c.label, customID: c.custom_id })) }));

async function answer(i) {
  if (i.type === InteractionTypes.APPLICATION_COMMAND_AUTOCOMPLETE) {
    await i.result([{ name: 'Ukraine', value: 'ukr-1' }]);
  } else if (i.type === InteractionTypes.MESSAGE_COMPONENT) {
    await i.editParent({ content: 'Pressed', components: [] });
  } else if (i.type === InteractionTypes.MODAL_SUBMIT) {
    await i.createMessage({ content: `Words: ${i.data.components.raw[0].component.value}` });
  } else if (i.data.name === 'form') {
    await i.createModal({ customID: FORM.custom_id, title: FORM.title, components: [{ type: 18, label: 'Words', component: { type: 4, customID: 'words', style: 1 } }] });
  } else if (i.data.name === 'wait') {
    await i.defer(64);
    await i.editOriginal({ content: 'Done' });
    await i.createFollowup({ content: 'And more', flags: 64 });
  } else {
    await i.createMessage({ content: 'Here you are', components: rows(BUTTONS) });
  }
}

test('oceanic.js logs in and registers commands', async () => {
  assert.equal(client.user.id, simulator.botId);
  const registered = await client.application.bulkEditGlobalCommands(COMMANDS.map(c => ({ type: 1, ...c })));
  assert.equal(registered.length, COMMANDS.length);
});

test('oceanic.js answers at once, later, privately, with a form, choices and buttons', async () => {
  await converse(simulator);
  assert.deepEqual(faults, []);
});

test('oceanic.js posts, edits and deletes', async () => {
  const mia = new Member(simulator);
  const message = await client.rest.channels.createMessage(simulator.channelId, { content: 'FLASH' });
  await message.edit({ content: 'UPDATE' });
  await mia.sees('UPDATE', m => m.id === message.id);
  await message.delete();
  await mia.seesNothingOf(message.id);
  const news = await client.rest.channels.createMessage('1300000000000000204', { content: 'News' });
  assert.equal((await client.rest.channels.crosspostMessage('1300000000000000204', news.id)).flags & 1, 1);
});

test('oceanic.js keeps the rate limit', () => flood(simulator, (id, content) => client.rest.channels.createMessage(id, { content })));

test('oceanic.js resumes', async () => {
  await resume(simulator);
  assert.deepEqual(faults, []);
});
