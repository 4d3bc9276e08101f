// A modal view as Slack shows it. The browser keeps the focus inside while it is open, and gives it back after.

import * as api from '../api.js';
import { fill, h, icon } from '../dom.js';
import { me, state } from '../state.js';
import { blocks, read, restore } from './blocks.js';
import { namesOf, usesOf } from './message.js';

let dialog = null;
let shown = null;

/** Shows the view that is open for you now, or none. */
export function refreshView() {
  const view = state.worlds.slack?.views?.[state.person] ?? null;
  if (view?.id === shown?.id && view?.hash === shown?.hash) {
    return;
  }
  const before = shown;
  shown = view;
  if (!view) {
    end();
  } else if (!dialog) {
    dialog = h('dialog', { class: 'modal slack-modal', 'aria-labelledby': 'slack-view-title', dataset: { testid: 'slack-modal' }, oncancel: e => {
      e.preventDefault();
      close();
    } });
    document.body.append(dialog);
    draw(view);
    dialog.showModal();
    focusFirst();
  } else {
    redraw(view, before?.id === view.id);
  }
}

/** An update of the same view keeps what was typed and where the keyboard was. */
function redraw(view, isSame) {
  const typed = isSame ? read(dialog) : {};
  const { action, block } = isSame && dialog.contains(document.activeElement) ? document.activeElement.dataset : {};
  draw(view);
  restore(dialog, typed);
  const again = action ? dialog.querySelector(`[data-action="${CSS.escape(action)}"][data-block="${CSS.escape(block ?? '')}"]`) : null;
  if (again) {
    again.focus();
  } else {
    focusFirst();
  }
}

function draw(view) {
  const use = usesOf({ view: view.id }, fault, () => dialog);
  const world = state.worlds.slack;
  fill(dialog, h('form', { novalidate: true, onsubmit: e => submit(e, view) },
    h('div', { class: 'modal-head' }, h('img', { class: 'app-mark', src: '/icon.svg', alt: '', width: '28', height: '28' }),
      h('h2', { id: 'slack-view-title' }, view.title?.text ?? '', h('small', { class: 'visually-hidden' }, ` by ${world.bot.name}`)),
      h('button', { type: 'button', class: 'close', 'aria-label': 'Close', onclick: () => close(true) }, icon('close'))),
    h('div', { class: 'modal-body' }, blocks(view.blocks, use, namesOf())),
    h('p', { class: 'fault view-fault', role: 'alert' }),
    h('div', { class: 'modal-foot' },
      h('button', { type: 'button', class: 'button', onclick: () => close() }, view.close?.text ?? (view.previous_view_id ? 'Back' : 'Cancel')),
      view.submit && h('button', { type: 'submit', class: 'button primary' }, view.submit.text))));
}

// The field that asks for it, else the first there is, else the first button: never the cross.
function focusFirst() {
  (dialog.querySelector('[autofocus]') ?? dialog.querySelector('.modal-body :is(input, textarea, select, button, a[href])') ?? dialog.querySelector('.modal-foot .primary, .modal-foot .button'))?.focus();
}

async function submit(event, view) {
  event.preventDefault();
  const button = dialog.querySelector('[type=submit]');
  dialog.querySelectorAll('.fault').forEach(line => { line.textContent = ''; });
  dialog.querySelectorAll('[aria-invalid]').forEach(control => control.removeAttribute('aria-invalid'));
  button?.setAttribute('aria-busy', 'true');
  try {
    const answer = await api.slack.submit({ person: me('slack').key, view: view.id, state: read(dialog) });
    if (answer.ok === false && !answer.errors) {
      fault(`The app failed with the error “${answer.error}”. What you typed is still here; try again.`);
    }
    blame(answer.errors ?? {});
  } catch (e) {
    fault(e.message);
  }
  button?.removeAttribute('aria-busy');
}

/** Writes each fault at its field and puts the keyboard on the first. */
function blame(errors) {
  let first = null;
  for (const [block, words] of Object.entries(errors)) {
    const box = dialog?.querySelector(`.input[data-block="${CSS.escape(block)}"]`);
    const control = box?.querySelector('[data-action]');
    (box?.querySelector('.fault') ?? dialog?.querySelector('.view-fault')).textContent = words;
    control?.setAttribute('aria-invalid', 'true');
    first ??= control?.matches('.ticks') ? control.querySelector('input') : control;
  }
  first?.focus();
}

async function close(all = false) {
  const view = shown;
  if (view) {
    await api.slack.close({ person: me('slack').key, all }).catch(() => {});
    const { slack } = await api.world();
    state.worlds.slack.views = slack.views;
    refreshView();
  }
}

function end() {
  dialog?.close(); // gives the focus back to where it was before
  dialog?.remove();
  dialog = null;
}

function fault(words) {
  const line = dialog?.querySelector('.view-fault');
  if (line) {
    line.textContent = words;
  }
}
