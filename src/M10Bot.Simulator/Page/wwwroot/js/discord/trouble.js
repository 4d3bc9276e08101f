// The admin's menu of troubles, and the journal of what the bot asked for and was told.

import * as api from '../api.js';
import { fill, h, showDialog } from '../dom.js';
import { state } from '../state.js';

const EVERY = 1500;

const TROUBLES = [
  ['The reply is lost', 'The next post is carried out, but its answer never comes. The bot must not post it twice.', { order: 'lose_reply', on: 'create' }],
  ['Server errors', 'The next three requests are answered 503.', { order: 'fail_before', status: 503, times: 3 }],
  ['An error after the deed', 'The next post is carried out and answered 502 all the same.', { order: 'fail_after', status: 502, on: 'create' }],
  ['A web page for an answer', 'The next request is answered with HTML, as a proxy does.', { order: 'html', status: 502 }],
  ['A hidden limit', 'The next post must wait eight seconds, though the headers said it need not.', { order: 'rate_limit', seconds: 8, on: 'create' }],
  ['Headers that mislead', 'Headers promise fifty thousand requests. The true limits stay.', { order: 'misleading' }],
  ['Slow answers', 'The next three answers take five seconds.', { order: 'slow', seconds: 5, times: 3 }],
  ['The gateway drops', 'The connection is cut without a word. The bot resumes.', { order: 'drop_gateway' }],
  ['A zombie', 'The connection stays open, but heartbeats are not acknowledged.', { order: 'zombie' }],
  ['An event is lost', 'The next command never reaches the bot.', { order: 'lose_dispatch', event: 'INTERACTION_CREATE' }],
  ['No right to post', 'The bot may not send messages in the open channel any more, until you make all well.', () => deny('send_messages', 'send_messages_in_threads')],
  ['No right to see', 'The open channel is hidden from the bot, until you make all well.', () => deny('view_channel')],
  ['An event comes twice', 'The next command reaches the bot twice.', { order: 'duplicate_dispatch', event: 'INTERACTION_CREATE' }],
];

const deny = (...rights) => ({ order: 'deny', channel: state.open.discord, rights });

/** Shown to the admin only; null for others. */
export function troubleButton() {
  return state.person === 'admin'
    ? h('button', { type: 'button', class: 'tools', dataset: { testid: 'trouble', channel: 'tools' }, onclick: open }, 'Trouble')
    : null;
}

function open() {
  const said = h('p', { class: 'trouble-said', role: 'status' });
  const rows = h('tbody');
  const dialog = h('dialog', { class: 'modal discord-modal trouble', 'aria-labelledby': 'trouble-title' });
  const order = async (what, words) => {
    try {
      const { waiting } = await api.discord.order(what);
      said.textContent = what.order === 'clear' ? 'All is well again.' : `Ordered: ${words}.${waiting > 0 ? ` ${waiting} still to strike.` : ''}`;
    } catch (e) {
      said.textContent = e.message;
    }
    draw();
  };
  const draw = async () => {
    const { entries } = await api.discord.journal().catch(() => ({ entries: [] }));
    fill(rows, entries.toReversed().map(line));
  };
  dialog.append(
    h('div', { class: 'modal-head' }, h('h2', { id: 'trouble-title' }, 'Make trouble for the bot'),
      h('button', { type: 'button', class: 'button', onclick: () => order({ order: 'clear' }) }, 'Make all well'),
      h('button', { type: 'button', class: 'button link', 'aria-label': 'Close', onclick: () => dialog.close() }, '✕')),
    said,
    h('div', { class: 'trouble-parts' },
      h('ul', { class: 'troubles', 'aria-label': 'Troubles' }, TROUBLES.map(([name, words, what]) =>
        h('li', {}, h('button', { type: 'button', class: 'trouble-card', onclick: () => order(typeof what === 'function' ? what() : what, name) }, h('b', {}, name), h('span', {}, words))))),
      h('div', { class: 'journal', tabindex: '0', role: 'region', 'aria-label': 'Journal, newest first' },
        h('table', {}, h('caption', {}, 'Journal, newest first'), h('thead', {}, h('tr', {}, ['At', 'What', 'Verdict', ''].map(t => h('th', { scope: 'col' }, t)))), rows))));
  const timer = setInterval(draw, EVERY);
  dialog.addEventListener('close', () => clearInterval(timer));
  draw();
  showDialog(dialog);
}

function line(entry) {
  const verdict = Number(entry.verdict);
  const kind = verdict >= 400 || ['breach', 'cut', 'lost', 'expired', 'detached'].includes(entry.verdict) ? 'bad' : 'good';
  return h('tr', {}, h('td', {}, new Date(entry.at).toLocaleTimeString()), h('td', {}, entry.call), h('td', {}, h('span', { class: `verdict ${kind}` }, entry.verdict)), h('td', {}, entry.detail));
}
