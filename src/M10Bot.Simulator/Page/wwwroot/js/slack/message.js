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
  const use = usesOf({ channel, message: message.ts });
  return h('li', { class: `message${isPrivate ? ' private' : ''}`, dataset: { testid: 'message', key: message.ts } },
    isPrivate && privateNote(channel, message),
    message.command && asked(message.command),
    h('div', { class: 'gutter' }, person ? personAvatar(person) : botAvatar()),
    h('div', { class: 'body' },
      h('p', { class: 'byline' },
        h('b', { class: 'author' }, person?.name ?? world.bot.name),
        person ? null : h('span', { class: 'badge' }, 'APP'),
        stamp(new Date(parseFloat(message.ts) * 1000))),
      content(message, use, names)));
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

function content(message, use, names) {
  const shown = message.blocks?.length > 0 ? blocks(message.blocks, use, names) : [h('div', { class: 'text' }, mrkdwn(message.text ?? '', names))];
  const edited = message.edited
    ? h('span', { class: 'edited', title: new Date(parseFloat(message.edited.ts) * 1000).toLocaleString() }, '(edited)')
    : null;
  return [shown, (message.attachments ?? []).map(a => attachment(a, use, names)), edited];
}

function attachment(a, use, names) {
  const box = h('div', { class: 'attachment' }, a.blocks ? blocks(a.blocks, use, names) : h('div', { class: 'text' }, mrkdwn(a.text ?? a.fallback ?? '', names)));
  if (/^#?[0-9a-f]{6}$/i.test(a.color ?? '')) {
    box.style.setProperty('--accent', `#${a.color.replace('#', '')}`);
  }
  return box;
}

function privateNote(channel, message) {
  return h('p', { class: 'private-note' }, icon('eye'), 'Only visible to you · ',
    h('button', { type: 'button', class: 'as-link', onclick: () => dismiss('slack', channel, message) }, 'Dismiss'));
}

/** What can be done with the elements of a message ({ channel, message }) or of a view ({ channel, view }). */
export function usesOf(where, fault = words => notice(words, 'error')) {
  const body = (block, element) => ({ person: me('slack').key, ...where, block_id: block.block_id, action_id: element.action_id });
  return {
    act: (block, element, value) => api.slack.action({ ...body(block, element), ...(value === undefined ? {} : { value }) }).catch(e => fault(e.message)),
    ask: (block, element, typed) => api.slack.options({ ...body(block, element), typed }).then(a => a.options ?? [], () => []),
  };
}
