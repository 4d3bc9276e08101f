// A modal as Discord shows it; `send(values)` gets the fields by custom_id.

import { h, notice } from '../dom.js';
import { optionsOf } from './components.js';

export function openModal(modal, names, send) {
  const fields = (modal.components ?? []).flatMap(c => fieldsOf(c, names));
  const title = h('h2', { id: 'discord-modal-title' }, modal.title);
  const dialog = h('dialog', { class: 'modal discord-modal', 'aria-labelledby': title.id });
  const submit = async event => {
    event.preventDefault();
    try {
      await send(Object.fromEntries(fields.filter(f => f.id).map(f => [f.id, f.read()])));
      dialog.close();
    } catch (e) {
      notice(e.message, 'error');
    }
  };
  dialog.append(h('form', { onsubmit: submit }, title, fields.map(f => f.element), h('div', { class: 'modal-foot' },
    h('button', { type: 'button', class: 'button link', onclick: () => dialog.close() }, 'Cancel'),
    h('button', { type: 'submit', class: 'button primary' }, 'Submit'))));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

// 1 action row and 18 label hold one field; 10 is words between them.
function fieldsOf(c, names) {
  if (c.type === 1) {
    return c.components.map(inner => field(inner, inner.label ?? '', null, names));
  }
  if (c.type === 18) {
    return [field(c.component, c.label, c.description, names)];
  }
  return c.type === 10 ? [{ id: '', element: h('p', {}, c.content), read: () => null }] : [];
}

function field(c, label, description, names) {
  const required = c.required !== false;
  const control = c.type === 4 ? textField(c, required) : selectField(c, required, names);
  return {
    id: c.custom_id,
    element: h('label', { class: 'modal-field' }, h('span', {}, label, required ? h('b', { class: 'needed', title: 'required' }, ' *') : null),
      description && h('small', {}, description), control),
    read: () => (c.type === 4 ? control.value : [...control.selectedOptions].map(o => o.value).filter(Boolean)),
  };
}

function textField(c, required) {
  const props = { value: c.value ?? '', placeholder: c.placeholder, required, minlength: c.min_length, maxlength: c.max_length ?? 4000 };
  return c.style === 2 ? h('textarea', { rows: '4', ...props }) : h('input', { type: 'text', ...props });
}

function selectField(c, required, names) {
  const many = (c.max_values ?? 1) > 1;
  return h('select', { required, multiple: many }, many ? null : h('option', { value: '' }, c.placeholder ?? 'Make a selection'),
    optionsOf(c, names).map(o => h('option', { value: o.value, selected: o.default === true }, o.label)));
}
