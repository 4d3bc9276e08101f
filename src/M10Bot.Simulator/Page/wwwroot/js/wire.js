// The newsroom's end: pick a sample or write an article, and send it to the wire.

import * as api from './api.js';
import { fill, h } from './dom.js';
import { bus } from './state.js';

export async function drawWire(root) {
  const list = await api.samples().catch(() => []);
  const text = h('textarea', {
    id: 'wire-text', rows: '4', spellcheck: 'false', dataset: { testid: 'wire-text' },
    placeholder: 'Paste an article here, or pick a sample. First line: the headline.',
    onkeydown: e => (e.ctrlKey || e.metaKey) && e.key === 'Enter' && send(),
    oninput: () => press(null),
  });
  const button = h('button', { type: 'button', class: 'send-wire', dataset: { testid: 'wire-send' }, onclick: () => send() }, 'Send to the wire');
  const result = h('p', { class: 'wire-result', role: 'status', dataset: { testid: 'wire-result' } });
  const samples = list.map(s => h('button', { type: 'button', class: 'sample', 'aria-pressed': 'false', dataset: { testid: 'sample' }, onclick: e => pick(s, e.currentTarget) }, s.title));

  function press(chosen) {
    samples.forEach(s => s.setAttribute('aria-pressed', String(s === chosen)));
  }

  function pick(sample, chosen) {
    text.value = sample.text;
    text.scrollTop = 0;
    press(chosen);
    say('', '');
  }

  function say(kind, words) {
    result.className = `wire-result ${kind}`;
    result.textContent = words;
  }

  async function send() {
    if (text.value.trim() === '') {
      say('error', 'The article is empty. Write something, or pick a sample.');
      text.focus();
      return;
    }
    button.disabled = true;
    try {
      const { name } = await api.sendToWire(text.value);
      say(/: [a-z ]+, run\b/.test(name) ? 'done' : '', name);
      bus.tell('sent');
    } catch (e) {
      say('error', e.message);
    } finally {
      button.disabled = false;
    }
  }

  bus.on('sample', () => {
    const at = Math.max(0, list.findIndex(s => /flash/i.test(s.title)));
    if (list[at]) {
      pick(list[at], samples[at]);
      send();
    }
  });

  fill(root,
    h('div', { class: 'wire-head' }, h('h2', { id: 'wire-title' }, 'Write to the wire'), h('p', {}, 'You are the newsroom: what you send here runs in both chats.'),
      h('div', { class: 'samples', role: 'group', 'aria-label': 'Samples' }, samples)),
    h('div', { class: 'wire-box' }, h('label', { class: 'visually-hidden', for: 'wire-text' }, 'Article'), text, h('div', { class: 'wire-foot' }, button, result)));
}
