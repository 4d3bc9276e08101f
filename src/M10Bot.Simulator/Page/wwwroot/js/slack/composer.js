// Slack's composer: one line of text; "/" lists the command, then what can follow it.

import * as api from '../api.js';
import { h, icon, notice } from '../dom.js';
import { channelNow, me, state } from '../state.js';
import { Suggestions } from '../suggestions.js';
import { offers } from './commands.js';
import { menuButton } from './menu.js';

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
    this.shortcuts = menuButton('Shortcuts', icon('bolt'), () => anywhere().map(s => ({ label: s.name, detail: s.description, act: () => run(s) })), { title: 'Shortcuts' });
    this.element = h('form', { class: 'composer', onsubmit: e => this.#submit(e) },
      this.suggestions.list,
      h('div', { class: 'box' }, this.shortcuts, h('div', { class: 'line' }, this.input), h('button', { type: 'submit', class: 'send', 'aria-label': 'Send' }, icon('send'))),
      this.hint);
  }

  refresh() {
    const channel = channelNow('slack');
    const name = channel?.kind === 'im' ? 'M10Bot' : `#${channel?.name ?? ''}`;
    this.shortcuts.hidden = anywhere().length === 0;
    this.input.disabled = channel?.is_archived === true;
    this.input.placeholder = this.input.disabled ? 'This channel is archived' : `Message ${name} — type /m10 for commands`;
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
    if (text === '') {
      return;
    }
    this.suggestions.close();
    this.input.value = '';
    const where = { person: me('slack').key, channel: state.open.slack, text };
    try {
      await (text.startsWith('/') ? api.slack.command(where) : api.slack.say(where));
    } catch (e) {
      this.hint.textContent = e.message;
    }
  }
}

const anywhere = () => (state.worlds.slack?.shortcuts ?? []).filter(s => !s.on_message);

const run = shortcut => api.slack.shortcut({ person: me('slack').key, callback_id: shortcut.callback_id }).catch(e => notice(e.message, 'error'));
