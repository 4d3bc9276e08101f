// Block Kit: blocks and the elements a person can use.

import { withDots } from '../dots.js';
import { h, icon, newId } from '../dom.js';
import { agree } from './confirm.js';
import { externalSelect } from './external-select.js';
import { emojiIn, mrkdwn, textObject } from './mrkdwn.js';
import { richText } from './rich-text.js';

/** `use.act(block, element, value)` when a person uses an element: null in a view's inputs, which are read on submit; `use.ask`: external-select.js */
export function blocks(list, use, names) {
  return (list ?? []).map(b => block(b, use, names));
}

function block(b, use, names) {
  switch (b.type) {
    case 'section':
      return h('div', { class: 'section' },
        h('div', { class: 'text' }, textObject(b.text, names), b.fields && h('div', { class: 'fields' }, b.fields.map(f => h('div', {}, textObject(f, names))))),
        b.accessory && element(b.accessory, b, use, names));
    case 'header':
      return h('p', { class: 'header', role: 'heading', 'aria-level': '4' }, withDots(emojiIn(b.text?.text ?? '', b.text?.emoji)));
    case 'context':
      return h('div', { class: 'context' }, (b.elements ?? []).map(e => (e.type === 'image' ? picture(e) : h('div', {}, textObject(e, names)))));
    case 'actions': case 'context_actions':
      return h('div', { class: 'row', role: 'group', 'aria-label': 'Actions' }, (b.elements ?? []).map(e => element(e, b, use, names)));
    case 'divider':
      return h('hr');
    case 'image':
      return h('div', {}, b.title && h('p', { class: 'image-title' }, b.title.text), picture(b));
    case 'rich_text':
      return richText(b, names);
    case 'table':
      return h('div', { class: 'table' }, h('table', {}, (b.rows ?? []).map((row, i) => h('tr', {}, row.map(cell => h(i === 0 ? 'th' : 'td', i === 0 ? { scope: 'col' } : {}, cell.type === 'rich_text' ? richText(cell, names) : cell.text ?? ''))))));
    case 'markdown':
      return h('div', { class: 'text' }, mrkdwn(b.text ?? '', names));
    case 'input':
      return input(b, use, names);
    default:
      return h('p', { class: 'context' }, `Block “${b.type}”, which this page does not draw.`);
  }
}

// The fault's line stands there from the start: a live region speaks only of what changes in it.
function input(b, use, names) {
  const isGroup = ['radio_buttons', 'checkboxes'].includes(b.element?.type);
  const label = b.label?.text ?? '';
  const words = [label, b.optional ? h('small', {}, ' (optional)') : null];
  const field = element(b.element, b, b.dispatch_action ? use : { ...use, act: null }, names, label);
  const fault = h('p', { class: 'fault', role: 'alert', id: newId('fault') });
  const hint = b.hint ? h('small', { class: 'hint', id: newId('hint') }, b.hint.text) : null;
  const control = field.matches('[data-action]') ? field : field.querySelector('[data-action]');
  control?.setAttribute('aria-describedby', [fault.id, hint?.id].filter(Boolean).join(' '));
  if (!b.optional && !isGroup) {
    control?.setAttribute('aria-required', 'true');
  }
  return h('div', { class: 'input', dataset: { block: b.block_id } },
    isGroup ? h('fieldset', {}, h('legend', {}, words), field) : h('label', {}, h('span', {}, words), field), hint, fault);
}

/** Elements that hold a choice or text carry what `read` needs in their dataset. */
function element(e, b, given, names, label = null) {
  const mark = { action: e.action_id ?? '', block: b.block_id ?? '', type: e.type };
  const use = e.confirm && given.act ? { ...given, act: async (...what) => await agree(e.confirm, names) && given.act(...what) } : given;
  switch (e.type) {
    case 'button':
      return button(e, b, use, mark);
    case 'image':
      return picture(e);
    case 'overflow':
      return choice(e, b, use, mark, optionsOf(e, names), '⋯', 'More');
    case 'radio_buttons': case 'checkboxes':
      return ticks(e, b, use, mark, label);
    case 'plain_text_input': case 'number_input': case 'email_text_input': case 'url_text_input':
      return field(e, mark, label);
    case 'datepicker': case 'timepicker':
      return h('input', { type: e.type === 'datepicker' ? 'date' : 'time', value: e.initial_date ?? e.initial_time ?? '', dataset: mark,
        'aria-label': label ?? e.placeholder?.text ?? 'Date or time', onchange: c => use.act?.(b, e, c.target.value) });
    case 'external_select':
      return externalSelect(e, b, use.act, use.ask, { ...mark, label });
    default:
      return choice(e, b, use, mark, optionsOf(e, names), e.placeholder?.text ?? 'Choose', label);
  }
}

function button(e, b, use, mark) {
  const label = emojiIn(e.text?.text ?? '', e.text?.emoji);
  const press = () => use.act?.(b, e, e.value);
  return e.url
    ? h('a', { class: 'button', href: /^https?:/i.test(e.url) ? e.url : null, rel: 'noreferrer', target: '_blank', onclick: press }, label, icon('link'))
    : h('button', { type: 'button', class: `button ${e.style ?? ''}`, 'aria-label': e.accessibility_label, dataset: { ...mark, use: e.action_id ?? '' }, onclick: press }, label);
}

function choice(e, b, use, mark, options, placeholder, label) {
  const many = e.type.startsWith('multi_');
  const initial = [e.initial_option, ...(e.initial_options ?? [])].filter(Boolean).map(o => o.value)
    .concat(e.initial_channel ?? e.initial_user ?? e.initial_conversation ?? []);
  return h('select', {
    class: e.type === 'overflow' ? 'select overflow' : 'select',
    'aria-label': label ?? placeholder,
    multiple: many,
    dataset: { ...mark, use: e.action_id ?? '' },
    onchange: c => use.act?.(b, e, many ? [...c.target.selectedOptions].map(o => o.value) : c.target.value),
  }, many ? null : h('option', { value: '' }, placeholder), options.map(o => h('option', { value: o.value, selected: initial.includes(o.value) }, o.label)));
}

function optionsOf(e, names) {
  const list = from => [...from].map(([value, label]) => ({ value, label }));
  if (/users_select$/.test(e.type)) {
    return list(names.people);
  }
  if (/(channels|conversations)_select$/.test(e.type)) {
    return list(names.channels).map(o => ({ ...o, label: `#${o.label}` }));
  }
  const all = e.options ?? (e.option_groups ?? []).flatMap(g => g.options);
  return all.map(o => ({ value: o.value, label: emojiIn(o.text?.text ?? o.value) }));
}

function ticks(e, b, use, mark, label) {
  const kind = e.type === 'checkboxes' ? 'checkbox' : 'radio';
  const initial = [e.initial_option, ...(e.initial_options ?? [])].filter(Boolean).map(o => o.value);
  const group = h('div', { class: 'ticks', role: 'group', 'aria-label': label ?? 'Choices', dataset: mark });
  const changed = () => use.act?.(b, e, kind === 'radio' ? ticked(group)[0] : ticked(group));
  group.append(...(e.options ?? []).map(o => h('label', {},
    h('input', { type: kind, name: `${b.block_id}-${e.action_id}`, value: o.value, checked: initial.includes(o.value), onchange: changed }), ` ${o.text?.text ?? o.value}`)));
  return group;
}

const ticked = group => [...group.querySelectorAll('input:checked')].map(i => i.value);

function field(e, mark, label) {
  const props = { 'aria-label': label, value: String(e.initial_value ?? ''), placeholder: e.placeholder?.text, minlength: e.min_length, maxlength: e.max_length, dataset: { ...mark, use: mark.action }, autofocus: e.focus_on_load };
  const type = { number_input: 'number', email_text_input: 'email', url_text_input: 'url' }[e.type] ?? 'text';
  return e.multiline ? h('textarea', { rows: '4', ...props }) : h('input', { type, ...props });
}

const picture = e => h('div', { class: 'picture', role: 'img', 'aria-label': e.alt_text ?? '' }, icon('image'), h('span', { 'aria-hidden': 'true' }, e.alt_text ?? 'Picture'));

/** Puts values back into the fields that have the same ids and type as before. */
export function restore(root, values) {
  for (const control of root.querySelectorAll('[data-action]:not(button)')) {
    const value = values[control.dataset.block]?.[control.dataset.action];
    if (value?.type === control.dataset.type) {
      put(control, value);
    }
  }
}

function put(control, value) {
  const chosen = [value.selected_option, ...(value.selected_options ?? [])].filter(Boolean).map(o => o.value)
    .concat(['user', 'channel', 'conversation'].flatMap(k => value[`selected_${k}`] ?? value[`selected_${k}s`] ?? []));
  if (control.dataset.type === 'external_select') {
    control.value = value.selected_option?.text?.text ?? '';
    control.dataset.chosen = value.selected_option ? JSON.stringify(value.selected_option) : '';
  } else if (control.matches('.ticks')) {
    control.querySelectorAll('input').forEach(i => { i.checked = chosen.includes(i.value); });
  } else if (control.tagName === 'SELECT') {
    [...control.options].forEach(o => { o.selected = chosen.length > 0 ? chosen.includes(o.value) : o.value === ''; });
  } else {
    control.value = value.value ?? value.selected_date ?? value.selected_time ?? '';
  }
}

/** view.state.values: every input under `root`, by block_id and action_id. */
export function read(root) {
  const values = {};
  for (const control of root.querySelectorAll('[data-action]:not(button)')) {
    const { action, block: id, type } = control.dataset;
    (values[id] ??= {})[action] = { type, ...valueOf(control, type) };
  }
  return values;
}

function valueOf(control, type) {
  if (type === 'external_select') {
    return { selected_option: control.dataset.chosen ? JSON.parse(control.dataset.chosen) : null };
  }
  const shown = o => ({ text: { type: 'plain_text', text: o.textContent }, value: o.value });
  if (type === 'checkboxes' || type === 'radio_buttons') {
    const options = [...control.querySelectorAll('input:checked')].map(i => ({ text: { type: 'plain_text', text: i.parentNode.textContent.trim() }, value: i.value }));
    return type === 'checkboxes' ? { selected_options: options } : { selected_option: options[0] ?? null };
  }
  if (control.tagName !== 'SELECT') {
    const key = { datepicker: 'selected_date', timepicker: 'selected_time' }[type] ?? 'value';
    return { [key]: control.value === '' ? null : control.value };
  }
  const chosen = [...control.selectedOptions].filter(o => o.value !== '');
  const kind = /(user|channel|conversation)s_select$/.exec(type)?.[1] ?? 'option';
  const one = kind === 'option' ? shown : o => o.value;
  return type.startsWith('multi_') ? { [`selected_${kind}s`]: chosen.map(one) } : { [`selected_${kind}`]: chosen.length > 0 ? one(chosen[0]) : null };
}
