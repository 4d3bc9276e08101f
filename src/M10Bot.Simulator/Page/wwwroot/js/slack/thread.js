// A thread, over the channel it hangs in: the first message, its replies, and a field to answer.

import * as api from '../api.js';
import { fill, h, icon } from '../dom.js';
import { bus, me, repliesTo, state } from '../state.js';
import { moment } from '../time.js';

export class Thread {
  #render;
  #open = null; // { channel, ts, opener }

  /** `render(message, channel, options)` draws one message. */
  constructor(render) {
    this.#render = render;
    this.title = h('h3', { id: 'slack-thread-title', tabindex: '-1' }, 'Thread');
    this.place = h('p');
    this.list = h('ol', { class: 'messages' });
    this.log = h('div', { class: 'log', role: 'log', 'aria-live': 'polite', 'aria-labelledby': 'slack-thread-title', tabindex: '0' }, this.list);
    this.field = h('input', { class: 'main-field', type: 'text', placeholder: 'Reply…', 'aria-label': 'Reply in the thread', dataset: { testid: 'thread-reply' } });
    this.hint = h('p', { class: 'hint', role: 'status' });
    this.element = h('section', { class: 'thread', 'aria-labelledby': 'slack-thread-title', hidden: true, dataset: { testid: 'thread' }, onkeydown: e => this.#key(e) },
      h('header', { class: 'chat-head' }, this.title, this.place, h('button', { type: 'button', class: 'close', 'aria-label': 'Close the thread', onclick: () => this.close() }, icon('close'))),
      this.log,
      h('form', { class: 'composer', onsubmit: e => this.#reply(e) },
        h('div', { class: 'box' }, h('div', { class: 'line' }, this.field), h('button', { type: 'submit', class: 'send', 'aria-label': 'Send the reply' }, icon('send'))), this.hint));
    bus.on('thread', ({ channel, ts }) => this.#open?.channel === channel && this.#open.ts === ts && this.#draw());
    bus.on('message', ({ pane, channel, key }) => pane === 'slack' && this.#open?.channel === channel && this.#open.ts === key && this.#draw());
    bus.on('open', ({ pane }) => pane === 'slack' && this.#hide());
    bus.on('person', () => this.#hide());
    bus.on('world', () => this.#open && this.#draw());
  }

  /** Shows the thread of a message; `opener` gets the focus back. */
  open(channel, ts, opener) {
    this.#open = { channel, ts, opener };
    this.element.hidden = false;
    this.hint.textContent = '';
    this.#draw();
    this.log.scrollTop = this.log.scrollHeight;
    this.title.focus();
  }

  close() {
    const { opener, ts } = this.#open ?? {};
    this.#hide();
    const again = opener?.isConnected ? opener : document.querySelector(`.slack .messages [data-key="${CSS.escape(ts ?? '')}"] .replies`);
    again?.focus();
  }

  #hide() {
    this.#open = null;
    this.element.hidden = true;
    this.field.value = '';
  }

  #draw() {
    const { channel, ts } = this.#open;
    const world = state.worlds.slack;
    const place = world.channels.find(c => c.id === channel);
    const first = (world.messages[channel] ?? []).find(m => m.ts === ts);
    const replies = repliesTo(channel, ts);
    this.place.textContent = place?.kind === 'im' ? 'M10Bot' : `#${place?.name ?? ''}`;
    const rule = h('li', { class: 'thread-rule' }, h('span', {}, replies.length === 0 ? 'No replies yet' : counted(replies.length)));
    const wasAtEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 80;
    fill(this.list, first && this.#render(first, channel, { inThread: true }), rule, replies.map(m => this.#render(m, channel, { inThread: true })));
    if (wasAtEnd) {
      this.log.scrollTop = this.log.scrollHeight;
    }
  }

  #key(event) {
    if (event.key === 'Escape') {
      event.stopPropagation();
      this.close();
    }
  }

  async #reply(event) {
    event.preventDefault();
    const text = this.field.value.trim();
    if (text === '') {
      return;
    }
    const { channel, ts } = this.#open;
    try {
      const person = me('slack').key;
      await (text.startsWith('/') ? api.slack.command({ person, channel, text, thread_ts: ts }) : api.slack.say({ person, channel, text, thread_ts: ts }));
      this.field.value = '';
      this.hint.textContent = '';
    } catch (e) {
      this.hint.textContent = e.message;
    }
  }
}

export const counted = count => (count === 1 ? '1 reply' : `${count} replies`);

/** The line under a message that has replies. */
export function repliesLine(replies, open) {
  const last = new Date(parseFloat(replies.at(-1).ts) * 1000);
  return h('button', { type: 'button', class: 'replies', dataset: { use: 'replies' }, onclick: e => open(e.currentTarget) },
    icon('thread'), h('b', {}, counted(replies.length)), h('span', {}, 'Last reply ', moment(last)));
}
