// The drawer: article → story → ruling → owed to → deliveries, one line each, newest first; and the latency in the top bar.

import * as api from './api.js';
import { fill, h, icon, outLink } from './dom.js';
import { bus, state } from './state.js';

const SOON = 250;
const SETTLED = 1500; // receipts are written just after the message shows

export function startHappened(root, toggle) {
  const list = h('ol', { class: 'stories' });
  fill(root, h('div', { class: 'happened-head' }, h('h2', {}, 'What happened'),
    h('button', { type: 'button', class: 'close', 'aria-label': 'Close', onclick: () => show(false) }, icon('close'))),
  h('p', { class: 'lead' }, 'Every article, why it ran or did not, and what became of each delivery. Newest first.'), list);

  function show(open) {
    root.hidden = !open;
    toggle.setAttribute('aria-expanded', String(open));
    document.body.classList.toggle('with-happened', open);
    (open ? root.querySelector('.close') : toggle).focus();
  }

  toggle.addEventListener('click', () => show(root.hidden));
  root.addEventListener('keydown', e => e.key === 'Escape' && show(false));

  const soon = debounce(refresh, SOON);
  const settled = debounce(refresh, SETTLED);
  for (const name of ['world', 'feed', 'sent']) {
    bus.on(name, () => {
      soon();
      settled();
    });
  }

  async function refresh() {
    if (!state.hasBot) {
      return;
    }
    try {
      const { latency, stories } = await api.happened();
      drawLatency(latency ?? {});
      fill(list, (stories ?? []).length > 0 ? stories.map(story) : h('li', { class: 'none' }, 'No story yet: send the flash sample.'));
    } catch {
      fill(list, h('li', { class: 'none' }, 'The program does not answer just now.'));
    }
  }
}

function drawLatency(latency) {
  for (const pane of ['discord', 'slack']) {
    const ms = latency[`${pane}_ms`];
    document.getElementById(`latency-${pane}`).textContent = Number.isFinite(ms) ? said(ms) : '–';
  }
}

const said = ms => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);

function story(s) {
  const { article, ruling, bulletin } = s;
  return h('li', { class: 'story' },
    h('p', { class: 'story-line' }, h('b', {}, s.headline), h('small', {}, clock(s.at))),
    step('Article', h('span', { title: article.uri }, outLink(article.uri, article.source)), ` · version ${article.version} · received ${clock(article.received)}`),
    step('Story', `#${s.id} · `, h('span', { class: `tag ${s.change}` }, s.change), s.topics?.length > 0 ? ` · ${s.topics.join(', ')}` : ''),
    step('Ruling', h('span', { class: `tag ${ruling.verdict}` }, ruling.verdict), ruling.reasons?.length > 0 ? ` · ${ruling.reasons.join(' · ')}` : ''),
    step('Owed to', bulletin ? `${s.owed} · bulletin version ${bulletin.version}, ${bulletin.state}` : `${s.owed ?? 0}`),
    (s.deliveries ?? []).map(delivery));
}

function delivery(d) {
  return step('', h('span', { class: `tag ${d.state}` }, d.state), ` ${d.destination} · version ${d.version}`,
    Number.isFinite(d.ms) ? h('b', { class: 'ms' }, ` ${said(d.ms)}`) : null,
    d.receipt ? h('code', {}, d.receipt) : null, d.note ? ` · ${d.note}` : null);
}

const step = (name, ...words) => h('p', { class: 'step' }, h('span', { class: 'step-name' }, name), h('span', {}, ...words));

const clock = iso => (iso ? new Date(iso).toLocaleTimeString() : '');

function debounce(act, wait) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, wait);
  };
}
