// A modal as Discord shows it; `send(values)` gets the fields by custom_id.

import { h, newId, showDialog } from '../dom.js';
import { optionsOf } from './components.js';
import { blocks } from './markdown.js';
import { picker } from './picker.js';

export function openModal(modal, names, send) {
  const fields = (modal.components ?? []).flatMap(c => fieldsOf(c, names));
  const title = h('h2', { id: newId('discord-modal') }, modal.title);
  const fault = h('p', { class: 'fault', role: 'alert' });
  const dialog = h('dialog', { class: 'modal discord-modal', 'aria-labelledby': title.id });
  const submit = async event => {
    event.preventDefault();
    fault.textContent = '';
    try {
      await send(Object.fromEntries(fields.filter(f => f.id).map(f => [f.id, f.read()])));
      dialog.close();
    } catch (e) {
      fault.textContent = e.message;
    }
  };
  dialog.append(h('form', { onsubmit: submit }, h('div', { class: 'modal-head' }, title,
    h('button', { type: 'button', class: 'button link', 'aria-label': 'Close', onclick: () => dialog.close() }, '✕')),
  h('div', { class: 'modal-body' }, fields.map(f => f.element)), fault, h('div', { class: 'modal-foot' },
    h('button', { type: 'button', class: 'button link', onclick: () => dialog.close() }, 'Cancel'),
    h('button', { type: 'submit', class: 'button primary' }, 'Submit'))));
  showDialog(dialog);
  dialog.querySelector('.modal-body :is(input, textarea, [role=combobox])')?.focus();
}

// 1 action row and 18 label hold one field; 10 is words between them.
function fieldsOf(c, names) {
  if (c.type === 1) {
    return c.components.map(inner => field(inner, inner.label ?? '', null));
  }
  if (c.type === 18) {
    return [field(c.component, c.label, c.description)];
  }
  return c.type === 10 ? [{ id: '', element: h('div', { class: 'text' }, blocks(c.content, names)), read: () => null }] : [];
}

function field(c, label, description) {
  const required = c.required !== false && c.type !== 23;
  const make = { 4: textField, 21: choices, 22: choices, 23: checkbox }[c.type] ?? selectField;
  return { id: c.custom_id, ...make(c, required, label, description) };
}

const heading = (label, required) => h('span', { class: 'modal-label' }, label, required ? h('b', { class: 'needed', title: 'required' }, ' *') : null);

function textField(c, required, label, description) {
  const props = { value: c.value ?? '', placeholder: c.placeholder, required, minlength: c.min_length, maxlength: c.max_length ?? 4000 };
  const control = c.style === 2 ? h('textarea', { rows: '4', ...props }) : h('input', { type: 'text', ...props });
  return { element: h('label', { class: 'modal-field' }, heading(label, required), description && h('small', {}, description), control), read: () => control.value };
}

function selectField(c, required, label, description) {
  const { element, values } = picker({ label, placeholder: c.placeholder, options: optionsOf(c), min: c.min_values ?? 1, max: c.max_values ?? 1, required });
  return { element: h('div', { class: 'modal-field' }, heading(label, required), description && h('small', {}, description), element), read: values };
}

// 21 asks for one of a few, 22 for any of them.
function choices(c, required, label, description) {
  const name = newId('choice');
  const type = c.type === 21 ? 'radio' : 'checkbox';
  const controls = (c.options ?? []).map(o => h('input', { type, name, value: o.value, checked: o.default === true, required: required && type === 'radio' }));
  const element = h('fieldset', { class: 'modal-field' }, h('legend', {}, heading(label, required)), description && h('small', {}, description),
    controls.map((control, i) => h('label', { class: 'modal-choice' }, control, h('span', {}, c.options[i].label, c.options[i].description ? h('small', {}, c.options[i].description) : null))));
  return { element, read: () => controls.filter(x => x.checked).map(x => x.value) };
}

function checkbox(c, required, label, description) {
  const control = h('input', { type: 'checkbox', checked: c.default === true });
  return { element: h('label', { class: 'modal-choice' }, control, h('span', {}, label, description ? h('small', {}, description) : null)), read: () => control.checked };
}
