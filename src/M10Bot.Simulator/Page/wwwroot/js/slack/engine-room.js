// For the admin: what shall go wrong, and every request with its verdict.

import * as api from '../api.js';
import { fill, h, icon } from '../dom.js';
import { state } from '../state.js';

const KINDS = [['', 'All'], ['refused', 'Refused'], ['complaint', 'Careless']];

export function openEngineRoom() {
  const told = h('p', { class: 'told', role: 'status' });
  const rows = h('tbody');
  let only = '';

  const dialog = h('dialog', { class: 'modal slack-modal engine-room', 'aria-labelledby': 'engine-title', dataset: { testid: 'engine-room' }, onclose: () => dialog.remove() },
    h('div', { class: 'engine' },
      h('div', { class: 'modal-head' }, h('h2', { id: 'engine-title' }, 'Faults and requests in Slack'),
        h('button', { type: 'button', class: 'close', 'aria-label': 'Close', onclick: () => dialog.close() }, icon('close'))),
      h('p', { class: 'lead' }, 'Order a fault and see how M10Bot takes it: nothing may be lost, nothing may come twice.'),
      h('ul', { class: 'faults', 'aria-label': 'Faults' }, (state.worlds.slack.faults ?? []).map(f => h('li', {}, h('button', { type: 'button', class: 'button', dataset: { fault: f.key }, onclick: () => order(f) }, f.words)))),
      told,
      h('div', { class: 'requests-head' }, h('h3', { id: 'journal-title' }, 'Requests, newest first'),
        h('div', { class: 'requests-kinds', role: 'group', 'aria-label': 'Show' }, KINDS.map(([kind, label]) => h('button', { type: 'button', class: 'sample', 'aria-pressed': String(kind === only), onclick: e => choose(kind, e.currentTarget) }, label))),
        h('button', { type: 'button', class: 'button', onclick: refresh }, 'Refresh')),
      h('div', { class: 'requests', tabindex: '0', role: 'region', 'aria-labelledby': 'journal-title' },
        h('table', {}, h('thead', {}, h('tr', {}, ['Time', 'Call', 'Verdict', ''].map((t, i) => h('th', { scope: 'col' }, t || h('span', { class: 'visually-hidden' }, 'Detail'))))), rows))));

  function choose(kind, button) {
    only = kind;
    for (const other of button.parentNode.children) {
      other.setAttribute('aria-pressed', String(other === button));
    }
    refresh();
  }

  async function order(fault) {
    try {
      await api.slack.fault({ person: state.person, fault: fault.key });
      told.textContent = `Ordered: ${fault.words.toLowerCase()}.`;
    } catch (e) {
      told.textContent = e.message;
    }
    refresh();
  }

  const isShown = e => only === '' || (only === 'complaint' ? e.call === 'complaint' : e.call !== 'complaint' && !['ok', 'acknowledged', 'hello', 'closed'].includes(e.verdict));

  async function refresh() {
    const { entries } = await api.slack.journal().catch(() => ({ entries: [] }));
    const shown = entries.filter(isShown).reverse().slice(0, 100);
    fill(rows, shown.length > 0 ? shown.map(row) : h('tr', {}, h('td', { colspan: '4' }, 'Nothing yet.')));
  }

  document.body.append(dialog);
  dialog.showModal();
  refresh();
}

const row = e => h('tr', {}, h('td', {}, h('time', { datetime: e.at }, new Date(e.at).toLocaleTimeString())), h('td', {}, h('code', {}, e.call)),
  h('td', {}, h('span', { class: `tag ${['ok', 'acknowledged', 'hello'].includes(e.verdict) ? 'done' : 'due'}` }, e.verdict)), h('td', {}, e.detail));
