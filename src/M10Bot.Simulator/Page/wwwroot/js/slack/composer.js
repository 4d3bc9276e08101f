// Slack's composer: one line of text; "/" lists the command, then what can follow it.

import * as api from '../api.js';
import { h, icon } from '../dom.js';
import { channelNow, me, state } from '../state.js';
import { Suggestions } from '../suggestions.js';
import { offers } from './commands.js';

export class Composer {
  constructor() {
    this.hint = h('p', { class: 'hint', role: 'status' });
    this.suggestions = new Suggestions(h('ul', { class: 'suggestions' }), 'Slash commands');
    this.input = h('input', {
      class: 'main-field',
      type: 'text',
      dataset: { testid: 'composer' },
      spellcheck: 'false',
      oninput: () => this.#typed(),
      onfocus: () => this.#typed(),
      onblur: () => this.suggestions.close(),
      onkeydown: e => this.#key(e),
    });
    this.suggestions.attach(this.input);
    this.element = h('form', { class: 'composer', onsubmit: e => this.#submit(e) },
      this.suggestions.list,
      h('div', { class: 'box' }, h('div', { class: 'line' }, this.input), h('button', { type: 'submit', class: 'send', 'aria-label': 'Send' }, icon('send'))),
      this.hint);
  }

  refresh() {
    const channel = channelNow('slack');
    const name = channel?.kind === 'im' ? 'M10Bot' : `#${channel?.name ?? ''}`;
    this.input.placeholder = `Message ${name} — type /m10 for commands`;
    this.input.setAttribute('aria-label', `Message ${name}; type a slash for commands`);
  }

  start(text) {
    this.input.value = text;
    this.input.focus();
    this.#typed();
  }

  #typed() {
    this.hint.textContent = '';
    const items = offers(state.worlds.slack, this.input.value);
    const isCommandName = !this.input.value.includes(' ');
    this.suggestions.show(this.input, items, item => this.start(item.text), {
      first: isCommandName || !this.input.value.endsWith(' '),
      title: isCommandName ? 'M10Bot' : null,
    });
  }

  #key(event) {
    if (!this.suggestions.key(event) && event.key === 'Escape') {
      this.input.value = '';
    }
  }

  async #submit(event) {
    event.preventDefault();
    const text = this.input.value.trim();
    if (!text.startsWith('/')) {
      this.hint.textContent = text === '' ? '' : 'M10Bot reads slash commands only. Type /m10 to see them.';
      return;
    }
    this.suggestions.close();
    this.input.value = '';
    try {
      await api.slack.command({ person: me('slack').key, channel: state.open.slack, text });
    } catch (e) {
      this.hint.textContent = e.message;
    }
  }
}
