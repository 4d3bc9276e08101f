// A listbox under a text field (ARIA combobox): arrows move, Enter and Tab take, Escape closes.

import { fill, h, newId } from './dom.js';

export class Suggestions {
  #input = null;
  #items = [];
  #active = -1;
  #take = () => {};

  /** @param {HTMLElement} list an empty ul */
  constructor(list, label) {
    this.list = list;
    list.id = newId('suggestions');
    list.setAttribute('role', 'listbox');
    list.setAttribute('aria-label', label);
    list.hidden = true;
  }

  get isOpen() {
    return !this.list.hidden;
  }

  /** Makes a field a combobox of this list; its keys are offered to `key` first. */
  attach(input) {
    input.setAttribute('role', 'combobox');
    input.setAttribute('aria-autocomplete', 'list');
    input.setAttribute('aria-expanded', 'false');
    input.setAttribute('aria-controls', this.list.id);
    input.setAttribute('autocomplete', 'off');
  }

  /** items: [{ label, detail?, mark?, disabled? … }]; `take(item)` on the one chosen. */
  show(input, items, take, { first = true, title = null } = {}) {
    this.close();
    if (items.length === 0) {
      return;
    }
    this.#input = input;
    this.#items = items;
    this.#take = take;
    fill(this.list, title ? h('li', { class: 'title', role: 'presentation' }, title) : null, items.map((item, i) => this.#option(item, i)));
    this.list.hidden = false;
    input.setAttribute('aria-expanded', 'true');
    this.#mark(first ? items.findIndex(i => !i.disabled) : -1);
  }

  close() {
    this.list.hidden = true;
    this.#items = [];
    this.#active = -1;
    this.#input?.setAttribute('aria-expanded', 'false');
    this.#input?.removeAttribute('aria-activedescendant');
  }

  /** True where the key was for the list. */
  key(event) {
    if (!this.isOpen) {
      return false;
    }
    switch (event.key) {
      case 'ArrowDown':
        this.#move(1);
        break;
      case 'ArrowUp':
        this.#move(-1);
        break;
      case 'Escape':
        this.close();
        break;
      case 'Enter':
      case 'Tab':
        if (this.#active < 0 || event.shiftKey) {
          return false;
        }
        this.#choose(this.#items[this.#active]);
        break;
      default:
        return false;
    }
    event.preventDefault();
    return true;
  }

  #option(item, index) {
    const option = h('li', {
      id: `${this.list.id}-${index}`,
      role: 'option',
      'aria-selected': 'false',
      'aria-disabled': item.disabled ? 'true' : null,
      onmousedown: e => e.preventDefault(),
      onclick: () => this.#choose(item),
    }, h('span', { class: 'label' }, item.label), item.detail ? h('span', { class: 'detail' }, item.detail) : null,
      item.mark ? h('span', { class: 'mark' }, item.mark) : null);
    return option;
  }

  #choose(item) {
    if (item && !item.disabled) {
      this.close();
      this.#take(item);
    }
  }

  #move(step) {
    const usable = this.#items.map((item, i) => (item.disabled ? -1 : i)).filter(i => i >= 0);
    if (usable.length > 0) {
      const at = usable.indexOf(this.#active);
      this.#mark(usable[(at + step + usable.length) % usable.length] ?? usable[0]);
    }
  }

  #mark(index) {
    this.#active = index;
    for (const option of this.list.querySelectorAll('[role=option]')) {
      const on = option.id === `${this.list.id}-${index}`;
      option.setAttribute('aria-selected', String(on));
      if (on) {
        option.scrollIntoView({ block: 'nearest' });
        this.#input.setAttribute('aria-activedescendant', option.id);
      }
    }
  }
}
