// A button that opens a menu (ARIA menu button): arrows move, Enter takes, Escape and Tab close.

import { fill, h, newId } from '../dom.js';

/** items(): [{ label, detail?, act }], asked for when it opens. */
export function menuButton(label, content, items, props = {}) {
  const list = h('ul', { class: 'menu', role: 'menu', id: newId('menu'), 'aria-label': label, hidden: true, onkeydown: key });
  const button = h('button', { type: 'button', class: 'menu-button', 'aria-label': label, 'aria-haspopup': 'menu', 'aria-expanded': 'false', 'aria-controls': list.id, ...props, onclick: () => (list.hidden ? open() : close()) }, content);
  const holder = h('span', { class: 'menu-holder', onfocusout: e => !holder.contains(e.relatedTarget) && close(false) }, button, list);

  function open() {
    fill(list, items().map(i => h('li', { role: 'none' },
      h('button', { type: 'button', role: 'menuitem', tabindex: '-1', onclick: () => take(i) }, h('span', {}, i.label), i.detail ? h('small', {}, i.detail) : null))));
    list.hidden = false;
    button.setAttribute('aria-expanded', 'true');
    list.querySelector('button')?.focus();
  }

  function close(refocus = true) {
    if (!list.hidden) {
      list.hidden = true;
      button.setAttribute('aria-expanded', 'false');
      if (refocus) {
        button.focus();
      }
    }
  }

  function take(item) {
    close();
    item.act(button);
  }

  function key(event) {
    const all = [...list.querySelectorAll('button')];
    const at = all.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      all[(to + all.length) % all.length].focus();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === 'Tab') {
      close();
    }
  }

  return holder;
}
