// One message as Discord shows it.

import * as api from '../api.js';
import { copyLink, h, icon, notice } from '../dom.js';
import { channelNow, dismiss, me, openChannel, state } from '../state.js';
import { stamp } from '../time.js';
import { contextual } from './commands.js';
import { components, embed } from './components.js';
import { blocks } from './markdown.js';
import { botAvatar, personAvatar } from '../avatars.js';

const EPHEMERAL = 64;
const CROSSPOSTED = 1;

export function render(message, channel) {
  const names = namesOf();
  const person = state.worlds.discord.people.find(p => p.id === message.author?.id);
  const isPrivate = Boolean(message.ephemeral_for) || ((message.flags ?? 0) & EPHEMERAL) !== 0;
  const act = (customId, values) => use(channel, message.id, customId, values);
  return h('li', { class: `message${isPrivate ? ' private' : ''}`, dataset: { testid: 'message', key: message.id } },
    message.interaction?.name && asked(message.interaction),
    h('div', { class: 'gutter' }, person ? personAvatar(person) : botAvatar()),
    h('div', { class: 'body' },
      h('p', { class: 'byline' },
        h('b', { class: 'author' }, message.author?.global_name ?? message.author?.username ?? state.worlds.discord.bot.name),
        person ? null : h('span', { class: 'badge' }, 'APP'),
        message.timestamp && stamp(new Date(message.timestamp))),
      message.loading ? thinking() : content(message, act, names),
      ((message.flags ?? 0) & CROSSPOSTED) !== 0 && h('p', { class: 'published' }, icon('megaphone'), 'Published to the servers that follow'),
      message.thread && threadOf(message.thread),
      isPrivate && privateNote(channel, message)),
    menuOf(message, channel, isPrivate));
}

// Message commands and the link, as Discord has them behind a message's three dots.
function menuOf(message, channel, isPrivate) {
  const commands = contextual(state.worlds.discord, me('discord'), channelNow('discord'));
  if (message.loading || (isPrivate && commands.length === 0)) {
    return null;
  }
  const item = (label, act) => h('button', { type: 'button', role: 'menuitem', tabindex: '-1', onclick: act }, label);
  const list = h('div', { class: 'menu', role: 'menu', 'aria-label': 'More for this message', hidden: true, onkeydown: walk },
    commands.map(c => item(c.label, () => choose(c.name))),
    isPrivate ? null : item('Copy Message Link', () => {
      show(false);
      copyLink(linkTo(message, channel));
    }));
  const more = h('button', {
    type: 'button', class: 'message-more', 'aria-haspopup': 'menu', 'aria-expanded': 'false', 'aria-label': 'More for this message', dataset: { use: `more-${message.id}` }, onclick: () => show(list.hidden),
  }, icon('more'));
  const box = h('div', { class: 'message-menu', onfocusout: e => box.contains(e.relatedTarget) || show(false, false) }, more, list);

  function show(open, focus = true) {
    list.hidden = !open;
    more.setAttribute('aria-expanded', String(open));
    if (focus) {
      (open ? list.firstElementChild : more).focus();
    }
  }

  function walk(event) {
    const items = [...list.children];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      show(false);
    }
  }

  async function choose(name) {
    show(false);
    try {
      await api.discord.context({ person: me('discord').key, channel, name, message: message.id });
    } catch (e) {
      notice(e.message, 'error');
    }
  }

  return box;
}

function linkTo({ id }, channel) {
  const { channels, guild } = state.worlds.discord;
  return `https://discord.com/channels/${channels.find(c => c.id === channel)?.kind === 'dm' ? '@me' : guild.id}/${channel}/${id}`;
}

export function namesOf() {
  const world = state.worlds.discord;
  return {
    people: new Map([...world.people.map(p => [p.id, p.name]), [world.bot.id, world.bot.name]]),
    roles: new Map((world.roles ?? []).map(r => [r.id, r.name])),
    channels: new Map(world.channels.filter(c => c.kind !== 'dm').map(c => [c.id, c.name])),
  };
}

function threadOf({ id }) {
  const thread = state.worlds.discord.channels.find(c => c.id === id);
  const count = (state.worlds.discord.messages[id] ?? []).length;
  return thread && h('button', { type: 'button', class: 'thread-chip', dataset: { use: `thread-${id}` }, onclick: () => openChannel('discord', id) },
    icon('thread'), h('b', {}, thread.name), h('span', {}, count === 1 ? '1 message' : `${count} messages`));
}

function asked(interaction) {
  const who = state.worlds.discord.people.find(p => p.id === interaction.person || p.key === interaction.person);
  return h('p', { class: 'asked' }, icon('reply'), h('b', {}, who?.name ?? 'Someone'), ' used ', h('span', { class: 'mention' }, `/${interaction.name}`));
}

function content(message, act, names) {
  const edited = message.edited_timestamp
    ? h('span', { class: 'edited', title: new Date(message.edited_timestamp).toLocaleString() }, '(edited)')
    : null;
  return [
    message.content && h('div', { class: 'text' }, blocks(message.content, names)),
    (message.embeds ?? []).map(e => embed(e, names)),
    components(message.components, act, names),
    edited,
  ];
}

const thinking = () => h('p', { class: 'thinking' }, h('span', { class: 'dots', 'aria-hidden': 'true' }), 'M10Bot is thinking…');

function privateNote(channel, message) {
  return h('p', { class: 'private-note' }, icon('eye'), 'Only you can see this · ',
    h('button', { type: 'button', class: 'as-link', onclick: () => dismiss('discord', channel, message) }, 'Dismiss message'));
}

async function use(channel, message, customId, values) {
  try {
    await api.discord.component({ person: me('discord').key, channel, message, custom_id: customId, ...(values ? { values } : {}) });
  } catch (e) {
    notice(e.message, 'error');
  }
}
