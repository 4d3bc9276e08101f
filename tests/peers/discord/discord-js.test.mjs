import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client, GatewayIntentBits } from 'discord.js';
import { startSimulator } from '../simulator.mjs';

let simulator, client;

before(async () => {
  simulator = await startSimulator();
  client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: simulator.discordApi } });
  const ready = new Promise(resolve => client.once('clientReady', resolve));
  await client.login(simulator.discordToken);
  await ready;
});

after(async () => {
  await client?.destroy();
  await simulator?.stop();
});

test('discord.js logs in and knows the guild', () => {
  assert.equal(client.user.id, simulator.botId);
  assert.equal(client.guilds.cache.get(simulator.guildId).name, 'Newsroom Friends');
});
