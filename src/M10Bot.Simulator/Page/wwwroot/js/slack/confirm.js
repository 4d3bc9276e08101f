// The question that an element may ask before it acts.

import { textObject } from './mrkdwn.js';
import { h, newId } from '../dom.js';

/** True where the person agrees, at once where there is no question. */
export function agree(confirm, names) {
  if (!confirm) {
    return Promise.resolve(true);
  }
  return new Promise(resolve => {
    const title = newId('confirm');
    const answer = yes => () => {
      dialog.close();
      resolve(yes);
    };
    const dialog = h('dialog', { class: 'modal slack-modal', role: 'alertdialog', 'aria-labelledby': title, 'aria-describedby': `${title}-text`, oncancel: () => resolve(false), onclose: () => dialog.remove() },
      h('form', { method: 'dialog', onsubmit: e => e.preventDefault() },
        h('h2', { id: title }, confirm.title?.text ?? 'Are you sure?'),
        h('div', { id: `${title}-text`, class: 'text' }, textObject(confirm.text, names)),
        h('div', { class: 'modal-foot' },
          h('button', { type: 'button', class: 'button', onclick: answer(false) }, confirm.deny?.text ?? 'Cancel'),
          h('button', { type: 'button', class: `button ${confirm.style ?? 'primary'}`, autofocus: true, onclick: answer(true) }, confirm.confirm?.text ?? 'Yes'))));
    document.body.append(dialog);
    dialog.showModal();
  });
}
