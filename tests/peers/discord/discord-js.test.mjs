import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client, DiscordAPIError, GatewayIntentBits } from 'discord.js';
import { startSimulator } from '../simulator.mjs';
import { BUTTONS, COMMANDS, FORM, Member, converse, flood, resume } from './bench.mjs';

let simulator, client;
const faults = [];

before(async () => {
  simulator = await startSimulator();
  client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: simulator.discordApi } });
  client.on('interactionCreate', i => answer(i).catch(e => faults.push(e)));
  client.on('error', e => faults.push(e));
  const ready = new Promise(resolve => client.once('clientReady', resolve));
  await client.login(simulator.discordToken);
  await ready;
});

after(async () => {
  await client?.destroy();
  await simulator?.stop();
});

async function answer(i) {
  if (i.isAutocomplete()) {
    assert.equal(i.options.getFocused(), 'ukr');
    await i.respond([{ name: 'Ukraine', value: 'ukr-1' }]);
  } else if (i.isButton()) {
    await i.update({ content: 'Pressed', components: [] });
  } else if (i.isModalSubmit()) {
    await i.reply(`Words: ${i.fields.getTextInputValue('words')}`);
  } else if (i.commandName === 'form') {
    await i.showModal(FORM);
  } else if (i.commandName === 'wait') {
    await i.deferReply({ flags: 64 });
    await i.editReply('Done');
    await i.followUp({ content: 'And more', flags: 64 });
  } else {
    const { resource } = await i.reply({ content: 'Here you are', components: BUTTONS, withResponse: true });
    assert.equal(resource.message.content, 'Here you are');
  }
}

test('discord.js logs in and knows the guild, its channels and roles', () => {
  assert.equal(client.user.id, simulator.botId);
  const guild = client.guilds.cache.get(simulator.guildId);
  assert.equal(guild.name, 'Newsroom Friends');
  assert.ok(guild.channels.cache.some(c => c.name === 'stories' && c.availableTags.length > 0));
  assert.ok(guild.members.me.permissionsIn(simulator.channelId).has('SendMessages'));
});

test('discord.js registers commands and reads them again', async () => {
  const registered = await client.application.commands.set(COMMANDS);
  assert.equal(registered.size, COMMANDS.length);
  assert.equal((await client.application.commands.fetch()).size, COMMANDS.length);
});

test('discord.js answers at once, later, privately, with a form, choices and buttons', async () => {
  await converse(simulator);
  assert.deepEqual(faults, []);
});

test('discord.js posts, edits, publishes, opens threads and deletes', async () => {
  const mia = new Member(simulator);
  const channel = await client.channels.fetch(simulator.channelId);
  const message = await channel.send({ content: 'FLASH', embeds: [{ title: 'Quake' }] });
  await message.edit('UPDATE');
  await mia.sees('UPDATE', m => m.id === message.id && m.edited_timestamp);
  const thread = await message.startThread({ name: 'Updates' });
  await thread.send('More');
  await thread.setArchived(true);
  await message.delete();
  await mia.seesNothingOf(message.id);
  const news = await client.channels.fetch('1300000000000000204');
  const published = await news.send('News');
  await published.crosspost();
  await published.fetch(true); // without the intent for messages the library hears of the flag only when it asks
  assert.ok(published.flags.has('Crossposted'));
  const forum = await client.channels.fetch('1300000000000000205');
  const post = await forum.threads.create({ name: 'Story', message: { content: 'First' }, appliedTags: [forum.availableTags[0].id] });
  assert.equal((await post.fetchStarterMessage()).content, 'First');
});

test('discord.js understands a refusal', async () => {
  const channel = await client.channels.fetch(simulator.channelId);
  await assert.rejects(channel.send('x'.repeat(2001)), e => e instanceof DiscordAPIError && e.code === 50035 && e.rawError.errors.content._errors[0].code === 'BASE_TYPE_MAX_LENGTH');
});

test('discord.js keeps the rate limit', () => flood(simulator, async (id, content) => (await client.channels.fetch(id)).send(content)));

test('discord.js resumes', async () => {
  await resume(simulator);
  assert.deepEqual(faults, []);
});
