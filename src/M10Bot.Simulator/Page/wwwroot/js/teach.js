// What an empty channel says: what will be here, and the shortest way to it.

import { h } from './dom.js';
import { bus, isDirect, state } from './state.js';

/** `commands`: [{ text, label }] to begin with in this pane. */
export function teach(channel, name, composer, commands) {
  const starts = commands.map(c => h('button', { type: 'button', class: 'start', onclick: () => composer.start(c.text) }, c.label));
  if (channel.kind === 'forum') {
    return [
      h('p', { class: 'empty-title' }, 'No post yet'),
      h('p', {}, `Where a story goes to ${name}, it is one post: its first message changes as the story does, with a short reply each time.`),
    ];
  }
  if (isDirect(channel)) {
    return [
      h('p', { class: 'empty-title' }, 'Your direct messages with M10Bot'),
      h('p', {}, 'Subscribe to a topic and its stories come here, to you alone.'),
      h('div', { class: 'starts' }, starts),
    ];
  }
  return [
    h('p', { class: 'empty-title' }, 'No story yet'),
    h('p', {}, `A story that comes to ${name} is one message, and that message changes as the story does.`),
    h('div', { class: 'starts' },
      state.hasBot ? h('button', { type: 'button', class: 'start main', onclick: () => bus.tell('sample') }, 'Send the flash sample') : null,
      starts),
  ];
}
