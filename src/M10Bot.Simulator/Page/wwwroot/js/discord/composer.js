// Discord's composer: "/" lists commands; a chosen command becomes a chip with a field per option; Enter sends.

import * as api from '../api.js';
import { fill, h, icon } from '../dom.js';
import { channelNow, me, state } from '../state.js';
import { Suggestions } from '../suggestions.js';
import { check, matching, opened, spread, typable } from './commands.js';
import { OptionField } from './option-field.js';

export class Composer {
  #command = null;
  #fields = [];

  constructor() {
    this.hint = h('p', { class: 'hint', role: 'status' });
    this.suggestions = new Suggestions(h('ul', { class: 'suggestions' }), 'Commands and choices');
    this.input = h('input', {
      class: 'main-field',
      type: 'text',
      dataset: { testid: 'composer' },
      spellcheck: 'false',
      oninput: () => this.#typed(),
      onkeydown: e => this.#key(e),
      onfocus: () => this.#typed(),
      onblur: () => this.suggestions.close(),
    });
    this.suggestions.attach(this.input);
    this.line = h('div', { class: 'line' }, this.input);
    this.element = h('form', { class: 'composer', onsubmit: e => this.#submit(e) },
      this.suggestions.list,
      h('div', { class: 'box' }, this.line, h('button', { type: 'submit', class: 'send', 'aria-label': 'Send' }, icon('send'))),
      this.hint);
  }

  /** Another channel, another person, or other commands. */
  refresh() {
    const channel = channelNow('discord');
    this.input.setAttribute('aria-label', `Message ${channel ? nameOf(channel) : ''}; type a slash for commands`);
    if (this.#command && !this.#all().some(c => c.name === this.#command.name && c.allowed)) {
      this.#clear();
    }
    this.#placeholder();
    if (!this.#command && !this.suggestions.isOpen && document.activeElement === this.input && this.input.value.startsWith('/')) {
      this.#typed(); // the bot's commands came while one was being typed
    }
  }

  /** Puts a command into the composer as if typed. */
  start(text) {
    this.#clear();
    this.input.value = text;
    this.input.focus();
    this.#typed();
  }

  #all() {
    const channel = channelNow('discord');
    return channel ? typable(state.worlds.discord, me('discord'), channel) : [];
  }

  #typed() {
    this.hint.textContent = '';
    if (this.#command) {
      this.#offerOptions();
      return;
    }
    const text = this.input.value;
    if (!text.startsWith('/')) {
      this.suggestions.close();
      return;
    }
    const commands = this.#all();
    const whole = opened(commands.filter(c => c.allowed), text.slice(1));
    if (whole) {
      this.#begin(whole.command, whole.rest);
      return;
    }
    const items = matching(commands, text.slice(1)).map(c => ({
      label: `/${c.name}`, detail: c.description, mark: c.allowed ? '' : 'Admins only', disabled: !c.allowed, command: c,
    }));
    this.suggestions.show(this.input, items, item => this.#begin(item.command, ''), { title: 'M10Bot' });
  }

  #begin(command, rest) {
    this.#command = command;
    this.input.value = '';
    this.suggestions.close();
    const given = spread(command.options, rest);
    const chip = h('span', { class: 'command-chip' }, `/${command.name}`);
    fill(this.line, chip, this.input);
    for (const option of command.options.filter(o => o.required || given.has(o.name))) {
      this.#add(option, given.get(option.name) ?? '');
    }
    this.#placeholder();
    const first = this.#fields.find(f => !f.isFilled) ?? this.#fields.at(-1);
    (first?.input ?? this.input).focus();
    if (!first) {
      this.#offerOptions();
    }
  }

  #add(option, text) {
    const field = new OptionField(option, text, {
      suggestions: this.suggestions,
      context: () => ({ person: me('discord').key, channel: state.open.discord, name: this.#command.name, options: this.#values().values }),
      key: (e, f) => this.#fieldKey(e, f),
      taken: f => this.#onward(f),
    });
    this.#fields.push(field);
    this.line.insertBefore(field.element, this.input);
    return field;
  }

  #offerOptions() {
    const typed = this.input.value.trim().toLowerCase();
    const left = this.#command.options.filter(o => !this.#fields.some(f => f.option === o) && o.name.startsWith(typed));
    const items = left.map(o => ({ label: o.name, detail: o.description, mark: 'optional', option: o }));
    this.suggestions.show(this.input, items, item => {
      this.input.value = '';
      this.#add(item.option, '').input.focus();
      this.#placeholder();
    }, { first: typed !== '', title: 'Options' });
  }

  #onward(field) {
    const next = this.#fields.slice(this.#fields.indexOf(field) + 1).find(f => !f.isFilled);
    (next?.input ?? this.input).focus();
  }

  #key(event) {
    if (this.suggestions.key(event)) {
      return;
    }
    if (event.key === 'Backspace' && this.input.value === '' && this.#command) {
      event.preventDefault();
      (this.#fields.length > 0 ? this.#fields.at(-1).input.focus() : this.#clear());
    } else if (event.key === 'Escape') {
      this.#clear();
    }
  }

  #fieldKey(event, field) {
    if (this.suggestions.key(event)) {
      return;
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      this.element.requestSubmit();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      this.#clear();
      this.input.focus();
    } else if (event.key === 'Backspace' && field.input.value === '') {
      event.preventDefault();
      this.#remove(field);
    }
  }

  #remove(field) {
    const at = this.#fields.indexOf(field);
    if (field.option.required && at === 0) {
      this.#clear();
      this.input.focus();
      return;
    }
    if (!field.option.required) {
      this.#fields.splice(at, 1);
      field.element.remove();
      this.#placeholder();
    }
    (this.#fields[at - 1]?.input ?? this.input).focus();
  }

  #values() {
    const values = {};
    const faults = [];
    for (const field of this.#fields) {
      const { value, fault } = check(field.option, field.input.value, field.chosen);
      field.mark(fault);
      if (fault) {
        faults.push({ field, fault });
      } else if (value !== undefined) {
        values[field.option.name] = value;
      }
    }
    return { values, faults };
  }

  async #submit(event) {
    event.preventDefault();
    this.suggestions.close();
    if (!this.#command) {
      await (this.input.value.startsWith('/') ? this.#explain() : this.input.value.trim() !== '' && this.#say());
      return;
    }
    const { values, faults } = this.#values();
    if (faults.length > 0) {
      this.hint.textContent = faults[0].fault;
      faults[0].field.input.focus();
      return;
    }
    const body = { person: me('discord').key, channel: state.open.discord, name: this.#command.name, options: values };
    this.#clear();
    this.input.focus();
    try {
      await api.discord.command(body);
    } catch (e) {
      this.hint.textContent = e.message;
    }
  }

  #explain() {
    if (this.input.value.trim() !== '/') {
      this.hint.textContent = 'No such command. Type / to see them all.';
    }
  }

  // People write to each other too; the bot is not told what they say.
  async #say() {
    const content = this.input.value;
    this.#clear();
    this.input.focus();
    try {
      await api.discord.say({ person: me('discord').key, channel: state.open.discord, content });
    } catch (e) {
      this.input.value = content;
      this.hint.textContent = e.message;
    }
  }

  #clear() {
    this.#command = null;
    this.#fields = [];
    this.suggestions.close();
    this.hint.textContent = '';
    this.input.value = '';
    fill(this.line, this.input);
    this.#placeholder();
  }

  #placeholder() {
    const channel = channelNow('discord');
    const left = this.#command ? this.#command.options.length - this.#fields.length : 0;
    this.input.placeholder = this.#command ? (left > 0 ? `+${left} optional` : '') : `Message ${channel ? nameOf(channel) : ''} — type / for commands`;
    this.line.classList.toggle('in-command', Boolean(this.#command));
  }
}

const nameOf = channel => ({ dm: '@M10Bot', thread: `“${channel.name}”` }[channel.kind] ?? `#${channel.name}`);
