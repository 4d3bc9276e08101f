// The app's home: what M10Bot publishes for you, beside your messages with it.

import * as api from '../api.js';
import { fill, h } from '../dom.js';
import { bus, channelNow, me, state } from '../state.js';
import { blocks } from './blocks.js';
import { namesOf, usesOf } from './message.js';

export class Home {
  #shows = 'messages';
  #drawn = '';

  constructor() {
    this.tabs = h('div', { class: 'home-tabs', role: 'tablist', 'aria-label': 'M10Bot', onkeydown: e => this.#key(e) },
      this.#tab('home', 'Home'), this.#tab('messages', 'Messages'));
    this.body = h('div', { class: 'home-body' });
    this.element = h('section', { class: 'home', id: 'slack-home', role: 'tabpanel', 'aria-labelledby': 'slack-tab-home', tabindex: '0', hidden: true, dataset: { testid: 'home' } }, this.body);
    for (const name of ['world', 'person', 'open']) {
      bus.on(name, () => this.#refresh());
    }
    bus.on('home', () => this.#refresh());
  }

  /** The tabs, for the head of the direct messages with the app. */
  head(channel) {
    return channel?.kind === 'im' && state.worlds.slack.has_home ? this.tabs : null;
  }

  #tab(key, label) {
    return h('button', { type: 'button', role: 'tab', id: `slack-tab-${key}`, 'aria-controls': key === 'home' ? 'slack-home' : 'slack-log', dataset: { tab: key }, onclick: () => this.#choose(key) }, label);
  }

  #key(event) {
    if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      event.preventDefault();
      this.#choose(this.#shows === 'home' ? 'messages' : 'home');
      this.tabs.querySelector('[aria-selected=true]').focus();
    }
  }

  #choose(key) {
    this.#shows = key;
    this.#refresh();
    if (key === 'home') {
      api.slack.home({ person: me('slack').key }).catch(() => {}); // the app is told of the visit, and publishes
    }
  }

  #refresh() {
    const isHere = channelNow('slack')?.kind === 'im' && state.worlds.slack?.has_home;
    const shows = isHere ? this.#shows : 'messages';
    for (const tab of this.tabs.children) {
      const isOn = tab.dataset.tab === shows;
      tab.setAttribute('aria-selected', String(isOn));
      tab.tabIndex = isOn ? 0 : -1;
    }
    document.getElementById('slack-pane').dataset.shows = shows;
    this.element.hidden = shows !== 'home';
    if (shows === 'home') {
      this.#draw(state.worlds.slack.homes?.[state.person] ?? null);
    }
  }

  #draw(view) {
    const now = JSON.stringify([state.person, view]);
    if (now === this.#drawn) {
      return;
    }
    this.#drawn = now;
    const used = this.body.contains(document.activeElement) ? document.activeElement.dataset.use : null;
    if (!view) {
      fill(this.body, h('div', { class: 'empty' }, h('p', { class: 'empty-title' }, 'Nothing here yet'), h('p', {}, 'M10Bot fills this page when you open it: what you follow, your quiet hours, the latest stories.')));
      return;
    }
    fill(this.body, blocks(view.blocks, usesOf({ view: view.id }), namesOf()));
    if (used) {
      this.body.querySelector(`[data-use="${CSS.escape(used)}"]`)?.focus({ preventScroll: true });
    }
  }
}
