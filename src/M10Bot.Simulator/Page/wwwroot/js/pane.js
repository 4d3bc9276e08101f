// One platform's pane: channels at the left, the open channel's messages, the composer. What differs is in the skin:
// { key, name, workspace(world), heading, label(channel), render(message, channel), composer, teach(channel) }
// and where the platform has them: icon(channel), board(channel) (a forum's posts instead of messages), listed(channel), tools() (below the channels),
// headTools(channel), and extras: elements that lie over the messages.

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
    this.log = h('div', { class: 'log', id: `${skin.key}-log`, role: 'log', 'aria-live': 'polite', 'aria-relevant': 'additions', tabindex: '0', onscroll: () => this.#scrolled() }, this.empty, this.list);
    this.jump = h('button', { type: 'button', class: 'jump', hidden: true, onclick: () => this.#toEnd() }, 'New messages', icon('down'));
    root.append(this.side, h('div', { class: 'chat' }, this.head, this.log, this.jump, skin.composer.element, skin.extras ?? []));
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
    bus.on('channels', mine(() => this.#channelsChanged()));
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
    const hadFocus = this.list.contains(document.activeElement) || this.head.contains(document.activeElement);
    if (!this.#drawBoard()) {
      fill(this.list, messagesIn(this.skin.key, channel).map(m => this.#line(m, channel)));
    }
    this.#drawEmpty();
    this.#toEnd();
    if (hadFocus) {
      this.log.focus(); // what had it is gone with the channel that was left
    }
    setTimeout(() => this.log.removeAttribute('aria-busy'), 200);
  }

  /** A forum shows its posts, and takes no messages of its own. */
  #drawBoard() {
    const posts = this.skin.board?.(channelNow(this.skin.key)) ?? null;
    this.list.classList.toggle('board', Boolean(posts));
    this.log.setAttribute('role', posts ? 'region' : 'log');
    this.log.setAttribute('aria-live', posts ? 'off' : 'polite');
    this.skin.composer.element.hidden = Boolean(posts);
    if (posts) {
      const focused = this.list.contains(document.activeElement) ? document.activeElement.dataset.post : null;
      fill(this.list, posts);
      this.list.querySelector(`[data-post="${CSS.escape(focused ?? '')}"]`)?.focus();
    }
    return Boolean(posts);
  }

  #channelsChanged() {
    if (!channelNow(this.skin.key) || this.head.dataset.channel !== state.open[this.skin.key]) {
      this.#all();
      return;
    }
    this.#drawSide();
    this.#drawHead();
    if (this.#drawBoard()) {
      this.#drawEmpty();
    }
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
        h('h3', {}, this.skin.heading), h('ul', {}, channels.filter(c => !isDirect(c) && (this.skin.listed?.(c) ?? true)).map(c => this.#channel(c))),
        h('h3', {}, 'Direct messages'), h('ul', {}, channels.filter(isDirect).map(c => this.#channel(c)))),
      this.skin.tools?.(),
      you && h('p', { class: 'you' }, personAvatar(you), h('span', {}, h('b', {}, you.name), h('small', {}, you.role ?? you.key))));
    this.side.querySelector(`[data-channel="${CSS.escape(focused ?? '')}"]`)?.focus();
  }

  #channel(c) {
    const { key } = this.skin;
    const isUnread = [c, ...channelsOf(key).filter(t => t.parent === c.id && !(this.skin.listed?.(t) ?? true))].some(x => state.unread[key].has(x.id));
    const isOpen = state.open[key] === c.id;
    return h('li', {}, h('button', {
      type: 'button',
      class: `channel${isUnread ? ' unread' : ''}${c.parent ? ' nested' : ''}`,
      'aria-current': isOpen ? 'true' : null,
      dataset: { channel: c.id },
      onclick: () => openChannel(key, c.id),
    }, this.#icon(c), h('span', {}, this.skin.label(c)), isUnread ? h('span', { class: 'visually-hidden' }, ', unread') : null));
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
    const parent = channelsOf(this.skin.key).find(c => c.id === channel?.parent);
    this.head.dataset.channel = channel?.id ?? '';
    fill(this.head,
      parent && h('button', { type: 'button', class: 'back', 'aria-label': `Back to ${this.skin.label(parent)}`, onclick: () => openChannel(this.skin.key, parent.id) }, icon('back'), h('span', {}, this.skin.label(parent))),
      h('h3', {}, channel && this.#icon(channel), h('span', {}, label)), h('p', {}, channel ? this.skin.topic(channel) : ''), channel && this.skin.headTools?.(channel));
    this.log.setAttribute('aria-label', `${this.skin.name}, messages in ${label}`);
  }

  #icon(channel) {
    return icon(isDirect(channel) ? 'at' : this.skin.icon?.(channel) ?? 'hash');
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
    const open = channelNow(this.skin.key);
    if (open && this.skin.board?.(open) && channelsOf(this.skin.key).some(c => c.id === channel && c.parent === open.id)) {
      this.#drawBoard();
      this.#drawEmpty();
    }
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
