// A select as Discord draws it (ARIA: a combobox that only selects). Arrows move, letters jump, Enter and Space take, Escape and Tab close.
// A select of one answers at once; a select of several answers when it is closed.

import { fill, h, icon, newId } from '../dom.js';

const TYPING_PAUSE = 700;

/** options: [{ value, label, description?, default? }]; `picked(values)` is told what was chosen. */
export function picker({ label, placeholder, options, min = 1, max = 1, disabled = false, use = null, required = false, picked = () => {} }) {
  const list = h('ul', { class: 'picker-list', id: newId('picker'), role: 'listbox', 'aria-label': label, popover: 'manual' });
  const button = h('button', {
    type: 'button', class: 'picker', role: 'combobox', 'aria-haspopup': 'listbox', 'aria-expanded': 'false', 'aria-controls': list.id, disabled,
    'aria-required': required ? 'true' : null, dataset: use ? { use } : {},
    onclick: () => (isOpen ? close(true) : open()), onkeydown: onKey, onblur: () => close(true),
  });
  const many = max > 1;
  let chosen = options.filter(o => o.default).map(o => o.value);
  let sent = chosen;
  let active = -1;
  let isOpen = false;
  let typed = '';
  let typedAt = 0;

  list.setAttribute('aria-multiselectable', String(many));
  const items = options.map((o, i) => h('li', {
    id: `${list.id}-${i}`, role: 'option', class: 'picker-option',
    onmousedown: e => e.preventDefault(), onclick: () => take(i),
  }, h('span', { class: 'picker-label' }, o.label), o.description ? h('span', { class: 'picker-detail' }, o.description) : null,
  h('span', { class: 'picker-mark', 'aria-hidden': 'true' }, icon('check'))));
  fill(list, items.length > 0 ? items : h('li', { class: 'picker-none' }, 'There is nothing to choose here.'));
  draw();

  function draw() {
    const names = options.filter(o => chosen.includes(o.value)).map(o => o.label);
    const words = names.length > 0 ? names.join(', ') : placeholder ?? 'Make a selection';
    fill(button, h('span', { class: names.length > 0 ? '' : 'picker-placeholder' }, words), icon('down'));
    button.setAttribute('aria-label', names.length > 0 ? `${label}: ${words}` : label);
    items.forEach((item, i) => item.setAttribute('aria-selected', String(chosen.includes(options[i].value))));
  }

  function open() {
    isOpen = true;
    button.setAttribute('aria-expanded', 'true');
    list.showPopover();
    place();
    mark(Math.max(0, options.findIndex(o => chosen.includes(o.value))));
    addEventListener('scroll', followOrClose, true);
  }

  function close(tell) {
    if (!isOpen) {
      return;
    }
    isOpen = false;
    button.setAttribute('aria-expanded', 'false');
    button.removeAttribute('aria-activedescendant');
    list.hidePopover();
    removeEventListener('scroll', followOrClose, true);
    if (tell && many && chosen.length >= min && String(chosen) !== String(sent)) {
      sent = chosen;
      picked(chosen);
    }
  }

  function followOrClose(event) {
    if (event.target !== list) {
      place();
    }
  }

  function place() {
    const at = button.getBoundingClientRect();
    const below = innerHeight - at.bottom;
    const room = Math.max(below, at.top) - 16;
    list.style.setProperty('width', `${at.width}px`);
    list.style.setProperty('max-height', `${Math.min(320, room)}px`);
    list.style.setProperty('left', `${at.left}px`);
    list.style.setProperty('top', below >= Math.min(list.scrollHeight, 320) || below >= at.top ? `${at.bottom + 4}px` : `${at.top - 4 - Math.min(320, room, list.scrollHeight)}px`);
  }

  function mark(index) {
    active = index;
    items.forEach((item, i) => item.classList.toggle('active', i === index));
    if (items[index]) {
      items[index].scrollIntoView({ block: 'nearest' });
      button.setAttribute('aria-activedescendant', items[index].id);
    }
  }

  function take(index) {
    const value = options[index]?.value;
    if (value === undefined) {
      return;
    }
    if (!many) {
      chosen = [value];
      draw();
      close(false);
      picked(chosen);
      return;
    }
    const had = chosen.includes(value);
    if (had || chosen.length < max) {
      chosen = had ? chosen.filter(v => v !== value) : [...chosen, value];
      draw();
    }
  }

  function onKey(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!isOpen) {
      if (step || event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        open();
      }
      return;
    }
    if (event.key === 'Tab') {
      close(true);
      return;
    }
    if (step) {
      mark((active + step + items.length) % items.length);
    } else if (event.key === 'Home' || event.key === 'End') {
      mark(event.key === 'Home' ? 0 : items.length - 1);
    } else if (event.key === 'Enter' || event.key === ' ') {
      take(active);
    } else if (event.key === 'Escape') {
      close(true);
    } else if (event.key.length === 1) {
      jump(event.key);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  function jump(letter) {
    const now = Date.now();
    typed = (now - typedAt < TYPING_PAUSE ? typed : '') + letter.toLowerCase();
    typedAt = now;
    const found = options.findIndex(o => o.label.toLowerCase().replace(/^[#@]\s*/, '').startsWith(typed));
    if (found >= 0) {
      mark(found);
    }
  }

  return { element: h('div', { class: 'picker-box' }, button, list), values: () => chosen };
}
