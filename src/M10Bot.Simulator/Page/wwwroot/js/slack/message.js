// One message as Slack shows it.

import * as api from '../api.js';
import { botAvatar, personAvatar } from '../avatars.js';
import { h, icon, notice } from '../dom.js';
import { dismiss, me, state } from '../state.js';
import { stamp } from '../time.js';
import { blocks } from './blocks.js';
import { mrkdwn } from './mrkdwn.js';

export function render(message, channel) {
  const world = state.worlds.slack;
  const names = namesOf();
  const person = message.bot_id ? null : world.people.find(p => p.id === message.user);
  const isPrivate = Boolean(message.ephemeral_for);
  const act = (block, element, value) => use(channel, message.ts, block, element, value);
  return h('li', { class: `message${isPrivate ? ' private' : ''}`, dataset: { testid: 'message', key: message.ts } },
    isPrivate && privateNote(channel, message),
    message.command && asked(message.command),
    h('div', { class: 'gutter' }, person ? personAvatar(person) : botAvatar()),
    h('div', { class: 'body' },
      h('p', { class: 'byline' },
        h('b', { class: 'author' }, person?.name ?? world.bot.name),
        person ? null : h('span', { class: 'badge' }, 'APP'),
        stamp(new Date(parseFloat(message.ts) * 1000))),
      content(message, act, names)));
}

export function namesOf() {
  const world = state.worlds.slack;
  return {
    people: new Map([...world.people.map(p => [p.id, p.name]), [world.bot.user_id, world.bot.name]]),
    channels: new Map(world.channels.filter(c => c.kind !== 'im').map(c => [c.id, c.name])),
  };
}

function asked(command) {
  const who = state.worlds.slack.people.find(p => p.id === command.person || p.key === command.person);
  return h('p', { class: 'asked' }, icon('reply'), h('b', {}, who?.name ?? 'Someone'), ' used ', h('code', {}, command.text));
}

function content(message, act, names) {
  const shown = message.blocks?.length > 0 ? blocks(message.blocks, act, names) : [h('div', { class: 'text' }, mrkdwn(message.text ?? '', names))];
  const edited = message.edited
    ? h('span', { class: 'edited', title: new Date(parseFloat(message.edited.ts) * 1000).toLocaleString() }, '(edited)')
    : null;
  return [shown, (message.attachments ?? []).map(a => attachment(a, act, names)), edited];
}

function attachment(a, act, names) {
  const box = h('div', { class: 'attachment' }, a.blocks ? blocks(a.blocks, act, names) : h('div', { class: 'text' }, mrkdwn(a.text ?? a.fallback ?? '', names)));
  if (/^#?[0-9a-f]{6}$/i.test(a.color ?? '')) {
    box.style.setProperty('--accent', `#${a.color.replace('#', '')}`);
  }
  return box;
}

function privateNote(channel, message) {
  return h('p', { class: 'private-note' }, icon('eye'), 'Only visible to you · ',
    h('button', { type: 'button', class: 'as-link', onclick: () => dismiss('slack', channel, message) }, 'Dismiss'));
}

async function use(channel, message, block, element, value) {
  try {
    const body = { person: me('slack').key, channel, message, block_id: block.block_id, action_id: element.action_id };
    await api.slack.action(value === undefined ? body : { ...body, value });
  } catch (e) {
    notice(e.message, 'error');
  }
}
