// One platform's pane: channels at the left, the open channel's messages, the composer. What differs is in the skin:
// { key, name, workspace(world), heading, label(channel), render(message, channel), composer, teach(channel) }

import { fill, h, icon } from './dom.js';
import { bus, channelNow, channelsOf, isDirect, keyOf, me, messagesIn, openChannel, state } from './state.js';
import { personAvatar } from './avatars.js';

const NEAR_END = 80;

export class Pane {
  #lines = new Map();
  #stays = true; // at the end, and to stay there

  constructor(root, skin) {
    this.skin = skin;
    this.side = h('div', { class: 'side', onkeydown: e => this.#walk(e) });
    this.head = h('header', { class: 'chat-head' });
    this.list = h('ol', { class: 'messages' });
    this.empty = h('div', { class: 'empty' });
    this.log = h('div', { class: 'log', role: 'log', 'aria-live': 'polite', 'aria-relevant': 'additions', tabindex: '0', onscroll: () => this.#scrolled() }, this.empty, this.list);
    this.jump = h('button', { type: 'button', class: 'jump', hidden: true, onclick: () => this.#toEnd() }, 'New messages', icon('down'));
    root.append(this.side, h('div', { class: 'chat' }, this.head, this.log, this.jump, skin.composer.element));
    new ResizeObserver(() => this.#stays && this.#toEnd()).observe(this.list);
    new ResizeObserver(() => this.#stays && this.#toEnd()).observe(this.log);
    this.#listen();
  }

  #listen() {
    const mine = act => detail => detail.pane === this.skin.key && act(detail);
    bus.on('world', () => this.#all());
    bus.on('person', () => this.#all());
    bus.on('open', mine(() => this.#all()));
    bus.on('unread', mine(() => this.#drawSide()));
    bus.on('message', mine(detail => this.#one(detail)));
  }

  #all() {
    if (!state.worlds[this.skin.key]) {
      return;
    }
    this.#drawSide();
    this.#drawHead();
    this.skin.composer.refresh();
    this.log.setAttribute('aria-busy', 'true'); // another channel is not news to be read aloud
    this.#lines.clear();
    const channel = state.open[this.skin.key];
    const nodes = messagesIn(this.skin.key, channel).map(m => this.#line(m, channel));
    fill(this.list, nodes);
    this.#drawEmpty();
    this.#toEnd();
    setTimeout(() => this.log.removeAttribute('aria-busy'), 200);
  }

  #drawSide() {
    const { key } = this.skin;
    const world = state.worlds[key];
    const channels = channelsOf(key);
    const focused = this.side.contains(document.activeElement) ? document.activeElement.dataset.channel : null;
    const you = me(key);
    fill(this.side,
      h('h2', { class: 'workspace' }, this.skin.workspace(world)),
      h('nav', { 'aria-label': `${this.skin.name} channels` },
        h('h3', {}, this.skin.heading), h('ul', {}, channels.filter(c => !isDirect(c)).map(c => this.#channel(c))),
        h('h3', {}, 'Direct messages'), h('ul', {}, channels.filter(isDirect).map(c => this.#channel(c)))),
      you && h('p', { class: 'you' }, personAvatar(you), h('span', {}, h('b', {}, you.name), h('small', {}, you.role ?? you.key))));
    this.side.querySelector(`[data-channel="${CSS.escape(focused ?? '')}"]`)?.focus();
  }

  #channel(c) {
    const { key } = this.skin;
    const isUnread = state.unread[key].has(c.id);
    const isOpen = state.open[key] === c.id;
    return h('li', {}, h('button', {
      type: 'button',
      class: `channel${isUnread ? ' unread' : ''}`,
      'aria-current': isOpen ? 'true' : null,
      dataset: { channel: c.id },
      onclick: () => openChannel(key, c.id),
    }, isDirect(c) ? icon('at') : icon('hash'), h('span', {}, this.skin.label(c)), isUnread ? h('span', { class: 'visually-hidden' }, ', unread') : null));
  }

  // Arrows walk the channels; Tab leaves them, as in both platforms' own lists.
  #walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const all = [...this.side.querySelectorAll('.channel')];
    const at = all.indexOf(document.activeElement);
    if (step && at >= 0) {
      event.preventDefault();
      all[(at + step + all.length) % all.length].focus();
    }
  }

  #drawHead() {
    const channel = channelNow(this.skin.key);
    const label = channel ? this.skin.label(channel) : '';
    fill(this.head, h('h3', {}, channel && (isDirect(channel) ? icon('at') : icon('hash')), label), h('p', {}, channel ? this.skin.topic(channel) : ''));
    this.log.setAttribute('aria-label', `${this.skin.name}, messages in ${label}`);
  }

  #drawEmpty() {
    const channel = channelNow(this.skin.key);
    const isEmpty = this.list.childElementCount === 0 && channel;
    this.empty.hidden = !isEmpty;
    fill(this.empty, isEmpty ? this.skin.teach(channel) : null);
  }

  #line(message, channel) {
    const node = this.skin.render(message, channel);
    this.#lines.set(keyOf(this.skin.key, message), node);
    return node;
  }

  #one({ channel, key, message }) {
    if (channel !== state.open[this.skin.key]) {
      return;
    }
    const wasAtEnd = this.#stays;
    const before = this.#lines.get(key);
    if (!message) {
      before?.remove();
      this.#lines.delete(key);
    } else if (before) {
      this.#replace(before, this.#line(message, channel));
    } else {
      const node = this.#line(message, channel);
      node.classList.add('arrived');
      this.list.append(node);
    }
    this.#drawEmpty();
    if (wasAtEnd) {
      this.#toEnd();
    } else if (message && !before) {
      this.jump.hidden = false;
    }
  }

  // An edit keeps the keyboard where it was: on the same button of the new version.
  #replace(before, after) {
    const use = before.contains(document.activeElement) ? document.activeElement.dataset.use : null;
    after.classList.add('changed');
    before.replaceWith(after);
    if (use) {
      after.querySelector(`[data-use="${CSS.escape(use)}"]`)?.focus({ preventScroll: true });
    }
  }

  #isAtEnd() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR_END;
  }

  #scrolled() {
    this.#stays = this.#isAtEnd();
    if (this.#stays) {
      this.jump.hidden = true;
    }
  }

  #toEnd() {
    this.#stays = true;
    this.log.scrollTop = this.log.scrollHeight;
    this.jump.hidden = true;
  }
}
