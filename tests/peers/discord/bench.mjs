// What every peer goes through, whatever its library. A peer is { register, onInteraction, post, edit, remove, resumed, … }, see each file.
import assert from 'node:assert/strict';
import { until } from '../simulator.mjs';

export const COMMANDS = [
  { name: 'ask', description: 'Answers at once' },
  { name: 'wait', description: 'Answers later, to you alone' },
  { name: 'form', description: 'Opens a form' },
  { name: 'topic', description: 'Takes a topic', options: [{ type: 3, name: 'name', description: 'Which', autocomplete: true }] },
];

export const FORM = {
  custom_id: 'form', title: 'Words',
  components: [{ type: 18, label: 'Words', component: { type: 4, custom_id: 'words', style: 1 } }],
};

export const BUTTONS = [{ type: 1, components: [{ type: 2, style: 1, label: 'Press', custom_id: 'press' }] }];

/** The person's side of the simulator, as the page has it. */
export class Member {
  constructor(simulator, channel = simulator.channelId) {
    this.simulator = simulator;
    this.channel = channel;
  }

  command(name, options = {}) {
    return this.simulator.act('discord/command', { person: 'member', channel: this.channel, name, options });
  }

  press(message, customId) {
    return this.simulator.act('discord/component', { person: 'member', channel: this.channel, message, custom_id: customId });
  }

  fill(interaction, values) {
    return this.simulator.act('discord/modal', { person: 'member', interaction, custom_id: 'form', values });
  }

  async choices(name, option, typed) {
    return (await this.simulator.act('discord/autocomplete', { person: 'member', channel: this.channel, name, option, typed, options: {} })).choices;
  }

  /** The newest message that says this, once it is there. */
  sees(text, where = () => true) {
    return until(async () => {
      const { discord } = await this.simulator.get('/page/world');
      return discord.messages[this.channel].findLast(m => m.content === text && where(m));
    }, `“${text}”`);
  }

  async seesNothingOf(id) {
    const { discord } = await this.simulator.get('/page/world');
    assert.equal(discord.messages[this.channel].some(m => m.id === id), false);
  }
}

/** Replies, deferral, follow-up, private, form, completion and button, from the person's side. */
export async function converse(simulator) {
  const mia = new Member(simulator);
  await mia.command('ask');
  const answer = await mia.sees('Here you are');
  assert.equal(answer.interaction.name, 'ask');

  await mia.command('wait');
  const late = await mia.sees('Done');
  assert.equal(late.flags & 64, 64, 'the deferred answer stayed private');
  await mia.sees('And more', m => (m.flags & 64) === 64);

  const { interaction } = await mia.command('form');
  await until(() => mia.fill(interaction, { words: 'press freedom' }).then(() => true, () => false), 'the form');
  await mia.sees('Words: press freedom');

  assert.deepEqual(await mia.choices('topic', 'name', 'ukr'), [{ name: 'Ukraine', value: 'ukr-1' }]);

  await mia.press(answer.id, 'press');
  await mia.sees('Pressed', m => m.id === answer.id);
}

/** Six posts at once meet the limit of five; the library waits, and none is lost or doubled. */
export async function flood(simulator, post) {
  const mia = new Member(simulator, '1300000000000000202');
  const words = Array.from({ length: 7 }, (_, i) => `flood ${i}`);
  const sent = Promise.all(words.map(w => post(mia.channel, w)));
  await until(async () => (await simulator.journal('discord', 200)).filter(e => e.call === `POST channels/${mia.channel}/messages` && e.verdict === '200').length >= 5, 'the first five');
  await sent;
  const { discord } = await simulator.get('/page/world');
  assert.deepEqual(discord.messages[mia.channel].map(m => m.content).filter(c => c.startsWith('flood')).toSorted(), words);
  const { violations } = await simulator.get('/control/discord');
  assert.equal(violations, 0, 'nobody came back before the time a 429 had named');
}

/** The connection is cut; the library resumes and hears what happened meanwhile. */
export async function resume(simulator) {
  const before = await simulator.get('/control/discord');
  await simulator.post('/control/discord/order', { order: 'drop_gateway' });
  const mia = new Member(simulator);
  await mia.command('ask').catch(() => {});
  await until(async () => (await simulator.get('/control/discord')).resumes > before.resumes, 'the resume', 60_000);
  assert.equal((await simulator.get('/control/discord')).identifies, before.identifies, 'no new session was begun');
  await mia.command('ask');
  await mia.sees('Here you are', m => m.interaction?.name === 'ask');
}
