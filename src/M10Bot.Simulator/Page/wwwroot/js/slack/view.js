// A modal view as Slack shows it.

import * as api from '../api.js';
import { fill, h, icon } from '../dom.js';
import { me, state } from '../state.js';
import { blocks, read } from './blocks.js';
import { namesOf, usesOf } from './message.js';

let dialog = null;
let shown = null;

/** Shows the view that is open for you now, or none. */
export function refreshView() {
  const view = state.worlds.slack?.views?.[state.person] ?? null;
  if (JSON.stringify(view) === JSON.stringify(shown)) {
    return;
  }
  shown = view;
  if (!view) {
    dialog?.remove();
    dialog = null;
    return;
  }
  if (!dialog) {
    dialog = h('dialog', { class: 'modal slack-modal', 'aria-labelledby': 'slack-view-title', oncancel: e => {
      e.preventDefault();
      close();
    } });
    document.body.append(dialog);
    draw(view);
    dialog.showModal();
  } else {
    draw(view);
  }
}

function draw(view) {
  const use = usesOf({ channel: state.open.slack, view: view.id }, fault);
  fill(dialog, h('form', { onsubmit: e => submit(e, view) },
    h('div', { class: 'modal-head' }, h('h2', { id: 'slack-view-title' }, view.title?.text ?? ''),
      h('button', { type: 'button', class: 'close', 'aria-label': 'Close', onclick: close }, icon('close'))),
    h('div', { class: 'modal-body' }, blocks(view.blocks, use, namesOf())),
    h('p', { class: 'fault view-fault', role: 'alert' }),
    h('div', { class: 'modal-foot' },
      h('button', { type: 'button', class: 'button', onclick: close }, view.close?.text ?? 'Cancel'),
      view.submit && h('button', { type: 'submit', class: 'button primary' }, view.submit.text))));
}

async function submit(event, view) {
  event.preventDefault();
  for (const line of dialog.querySelectorAll('.fault')) {
    line.textContent = '';
  }
  try {
    const answer = await api.slack.submit({ person: me('slack').key, view: view.id, state: read(dialog) });
    if (answer.ok === false && !answer.errors) {
      fault(`The app failed with the error “${answer.error}”.`);
    }
    for (const [block, words] of Object.entries(answer.errors ?? {})) {
      const line = dialog.querySelector(`[data-block="${CSS.escape(block)}"] .fault`);
      (line ?? dialog.querySelector('.view-fault')).textContent = words;
    }
  } catch (e) {
    fault(e.message);
  }
}

async function close() {
  const view = shown;
  shown = null;
  dialog?.remove();
  dialog = null;
  if (view) {
    state.worlds.slack.views[state.person] = null;
    await api.slack.close({ person: me('slack').key, view: view.id }).catch(() => {});
  }
}

function fault(words) {
  dialog.querySelector('.view-fault').textContent = words;
}
