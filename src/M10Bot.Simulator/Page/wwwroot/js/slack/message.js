// One message as Slack shows it.

import * as api from '../api.js';
import { botAvatar, personAvatar } from '../avatars.js';
import { copyLink, h, icon, notice } from '../dom.js';
import { dismiss, me, repliesTo, state } from '../state.js';
import { stamp } from '../time.js';
import { blocks, read } from './blocks.js';
import { menuButton } from './menu.js';
import { mrkdwn } from './mrkdwn.js';
import { repliesLine } from './thread.js';

/** `openThread(channel, ts, opener)`; `inThread` where it is drawn in one already. */
export function render(message, channel, { openThread, inThread = false } = {}) {
  const world = state.worlds.slack;
  if (message.deleted) {
    return tombstone(message, channel, openThread, inThread);
  }
  const person = message.bot_id ? null : world.people.find(p => p.id === message.user);
  const isPrivate = Boolean(message.ephemeral_for);
  const use = usesOf({ channel, message: message.ts });
  return h('li', { class: `message${isPrivate ? ' private' : ''}`, dataset: { testid: 'message', key: message.ts } },
    isPrivate && privateNote(channel, message),
    message.command && asked(message.command),
    message.subtype === 'thread_broadcast' && openThread && h('p', { class: 'asked' }, icon('reply'), 'replied to ',
      h('button', { type: 'button', class: 'as-link', onclick: e => openThread(channel, message.thread_ts, e.currentTarget) }, 'a thread')),
    h('div', { class: 'gutter' }, person ? personAvatar(person) : botAvatar()),
    h('div', { class: 'body' },
      h('p', { class: 'byline' },
        h('b', { class: 'author' }, person?.name ?? world.bot.name),
        person ? null : h('span', { class: 'badge' }, 'APP'),
        stamp(new Date(parseFloat(message.ts) * 1000))),
      content(message, use, namesOf()),
      inThread ? null : threadLine(message, channel, openThread)),
    isPrivate ? null : tools(message, channel, inThread ? null : openThread));
}

export function namesOf() {
  const world = state.worlds.slack;
  return {
    people: new Map([...world.people.map(p => [p.id, p.name]), [world.bot.user_id, world.bot.name]]),
    channels: new Map(world.channels.filter(c => c.kind !== 'im').map(c => [c.id, c.name])),
    groups: new Map((world.groups ?? []).map(g => [g.id, g.handle])),
  };
}

function threadLine(message, channel, openThread) {
  const first = message.subtype === 'thread_broadcast' ? message.thread_ts : message.ts;
  const replies = repliesTo(channel, first);
  return openThread && replies.length > 0 && first === message.ts ? repliesLine(replies, opener => openThread(channel, first, opener)) : null;
}

/** What a person can do with a message: in sight on hover and focus, in reach of Tab always. */
function tools(message, channel, openThread) {
  const first = message.thread_ts ?? message.ts;
  const shortcuts = (state.worlds.slack.shortcuts ?? []).filter(s => s.on_message);
  const run = s => api.slack.shortcut({ person: me('slack').key, callback_id: s.callback_id, channel, message: message.ts }).catch(e => notice(e.message, 'error'));
  return h('div', { class: 'tools', role: 'group', 'aria-label': 'Message actions' },
    openThread && h('button', { type: 'button', class: 'tool', title: 'Reply in thread', 'aria-label': 'Reply in thread', dataset: { use: 'thread' }, onclick: e => openThread(channel, first, e.currentTarget) }, icon('thread')),
    menuButton('More actions', icon('more'), () => [
      ...shortcuts.map(s => ({ label: s.name, detail: s.description, act: () => run(s) })),
      { label: 'Copy link', act: () => copyLink(linkTo(message, channel)) },
    ], { title: 'More actions', dataset: { use: 'more' } }));
}

function linkTo({ ts, thread_ts: thread }, channel) {
  const link = `${state.worlds.slack.team.url}archives/${channel}/p${ts.replace('.', '')}`;
  return thread && thread !== ts ? `${link}?thread_ts=${thread}&cid=${channel}` : link;
}

function tombstone(message, channel, openThread, inThread) {
  return h('li', { class: 'message', dataset: { testid: 'message', key: message.ts } },
    h('div', { class: 'gutter' }, h('span', { class: 'avatar gone', 'aria-hidden': 'true' })),
    h('div', { class: 'body' }, h('p', { class: 'gone-words' }, 'This message was deleted.'), inThread ? null : threadLine(message, channel, openThread)));
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

/** What can be done with the elements of a message ({ channel, message }) or of a view ({ view }); `form` is what a view's values are read from. */
export function usesOf(where, fault = words => notice(words, 'error'), form = null) {
  const body = (block, element) => ({ person: me('slack').key, ...where, block_id: block.block_id, action_id: element.action_id });
  const fill = () => (form ? api.slack.fill({ person: me('slack').key, view: where.view, state: read(form()) }) : Promise.resolve());
  return {
    act: (block, element, value) => fill()
      .then(() => api.slack.action({ ...body(block, element), ...(value === undefined ? {} : { value }) }))
      .then(answer => answer.ok === false && form && fault(`The app failed with the error “${answer.error}”.`))
      .catch(e => fault(e.message)),
    ask: (block, element, typed) => api.slack.options({ ...body(block, element), typed }).then(a => (a.ok === false ? null : a.options ?? []), () => null),
  };
}
