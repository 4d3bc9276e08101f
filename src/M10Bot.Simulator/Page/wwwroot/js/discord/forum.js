// A forum as Discord shows it: its posts as cards, the one that moved last on top.

import { withDots } from '../dots.js';
import { h, icon } from '../dom.js';
import { messagesIn, openChannel, state } from '../state.js';
import { stamp } from '../time.js';

const EXCERPT = 180;

/** The board's list items. */
export function board(forum) {
  return postsOf(forum).map(card);
}

export function postsOf(forum) {
  return state.worlds.discord.channels
    .filter(c => c.parent === forum.id)
    .sort((a, b) => Number(a.archived) - Number(b.archived) || movedAt(b) - movedAt(a));
}

function card(post) {
  const messages = messagesIn('discord', post.id);
  const isUnread = state.unread.discord.has(post.id);
  const replies = Math.max(0, messages.length - 1);
  return h('li', { class: 'post', dataset: { testid: 'post', key: post.id } }, h('button', {
    type: 'button', class: 'post-card', dataset: { post: post.id }, onclick: () => openChannel('discord', post.id),
  },
  post.tags?.length > 0 || post.archived ? h('span', { class: 'post-tags' }, post.archived ? h('span', { class: 'post-tag closed' }, post.locked ? 'Locked' : 'Archived') : null, (post.tags ?? []).map(t => h('span', { class: 'post-tag' }, t))) : null,
  h('span', { class: 'post-title' }, post.name, isUnread ? h('span', { class: 'post-new' }, 'New') : null),
  h('span', { class: 'post-excerpt' }, h('b', {}, 'M10Bot: '), withDots(excerpt(messages[0]))),
  h('span', { class: 'post-meta' }, icon('thread'), replies === 1 ? '1 reply' : `${replies} replies`, ' · ', stamp(new Date(movedAt(post))))));
}

function movedAt(post) {
  const last = messagesIn('discord', post.id).at(-1);
  return Date.parse(last?.edited_timestamp ?? last?.timestamp ?? 0);
}

function excerpt(message) {
  const text = message ? plain(message).replace(/\s+/g, ' ').trim() : '';
  return text.length > EXCERPT ? `${text.slice(0, EXCERPT)}…` : text;
}

/** The words of a message without its marks; headings and small print only where there is nothing else. */
export function plain(message) {
  const parts = [message.content, ...(message.embeds ?? []).flatMap(e => [e.title, e.description]), ...texts(message.components)];
  const lines = parts.filter(Boolean).join('\n').split('\n');
  const body = lines.filter(l => !/^(?:#{1,3}|-#) /.test(l));
  return (body.some(l => l.trim() !== '') ? body : lines).join(' ')
    .replace(/\[((?:\\.|[^[\]\\])+)\]\(<?https?:[^)]+\)/g, '$1')
    .replace(/<t:\d+(?::\w)?>/g, '')
    .replace(/^(?:#{1,3}|-#|>) +/, '')
    .replace(/\\([^A-Za-z0-9\s])|\*\*|__|~~|`/g, '$1');
}

const texts = list => (list ?? []).flatMap(c => [c.type === 10 ? c.content : null, ...texts(c.components)]);
