// One option of a command in Discord's composer: its name and a field with the choices that fit it.

import * as api from '../api.js';
import { h } from '../dom.js';
import { state } from '../state.js';
import { KINDS } from './commands.js';

const PAUSE = 120;

export class OptionField {
  #asking = null;
  #timer = 0;

  /** @param around { suggestions, context(), key(event, field), taken(field) } */
  constructor(option, text, around) {
    this.option = option;
    this.around = around;
    this.chosen = null;
    this.input = h('input', {
      type: 'text',
      value: text,
      'aria-label': `${option.name}: ${option.description}${option.required ? ', required' : ''}`,
      dataset: { option: option.name },
      inputmode: option.type === 4 ? 'numeric' : null,
      spellcheck: 'false',
      placeholder: KINDS[option.type] ?? '',
      oninput: () => this.#typed(),
      onfocus: () => this.#offer(),
      onblur: () => this.#left(),
      onkeydown: e => around.key(e, this),
    });
    around.suggestions.attach(this.input);
    this.element = h('label', { class: 'option-chip' }, h('span', { class: 'option-name' }, option.name), this.input);
    this.#fit();
    this.#settle();
  }

  get isFilled() {
    return this.input.value.trim() !== '';
  }

  mark(fault) {
    this.input.setAttribute('aria-invalid', String(Boolean(fault)));
  }

  #typed() {
    this.chosen = null;
    this.mark(null);
    this.#fit();
    this.#settle();
    this.#offer();
  }

  // A word typed whole counts as chosen.
  #settle() {
    const typed = this.input.value.trim().toLowerCase();
    this.chosen = this.#fixed()?.find(i => i.label.toLowerCase() === typed || i.label.toLowerCase() === `#${typed}`)?.value ?? null;
  }

  #offer() {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    const fixed = this.#fixed();
    if (fixed) {
      const typed = this.input.value.trim().toLowerCase();
      this.#show(this.chosen === null ? fixed.filter(i => i.label.toLowerCase().includes(typed)) : []);
    } else if (this.option.autocomplete) {
      this.#timer = setTimeout(() => this.#ask(), PAUSE);
    } else {
      this.around.suggestions.show(this.input, [{ label: this.option.name, detail: this.option.description, disabled: true }], () => {});
    }
  }

  /** The list that is known here, or null where the bot is asked or anything goes. */
  #fixed() {
    const { option } = this;
    const world = state.worlds.discord;
    if (option.choices?.length > 0) {
      return option.choices.map(c => ({ label: c.name, value: c.value }));
    }
    switch (option.type) {
      case 5:
        return [{ label: 'True', value: 'true' }, { label: 'False', value: 'false' }];
      case 6: case 9:
        return world.people.map(p => ({ label: `@${p.name}`, value: p.id }));
      case 7:
        return world.channels.filter(c => c.kind !== 'dm' && (option.channel_types?.length > 0 ? option.channel_types.includes(c.type) : c.kind !== 'thread')).map(c => ({ label: `#${c.name}`, value: c.id }));
      case 8:
        return (world.roles ?? []).map(r => ({ label: `@${r.name}`, value: r.id }));
      default:
        return null;
    }
  }

  async #ask() {
    const typed = this.input.value;
    this.#asking = new AbortController();
    try {
      const body = { ...this.around.context(), option: this.option.name, typed };
      const { choices } = await api.discord.autocomplete(body, this.#asking.signal);
      if (document.activeElement === this.input && this.input.value === typed) {
        this.#show((choices ?? []).map(c => ({ label: c.name, value: c.value })));
      }
    } catch (e) {
      if (e.name !== 'AbortError' && document.activeElement === this.input) {
        this.around.suggestions.show(this.input, [{ label: 'Loading options failed', disabled: true }], () => {});
      }
    }
  }

  #show(items) {
    const empty = this.input.value.trim() === '';
    this.around.suggestions.show(this.input, items, item => this.#take(item), { first: !empty || this.option.required === true, title: this.option.description });
  }

  #take(item) {
    this.input.value = item.label;
    this.chosen = item.value;
    this.#fit();
    this.around.taken(this);
  }

  #left() {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    this.around.suggestions.close();
  }

  #fit() {
    this.input.size = Math.min(32, Math.max(6, this.input.value.length + 1, this.input.value ? 0 : this.input.placeholder.length));
  }
}
