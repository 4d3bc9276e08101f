// Block Kit: blocks and the elements a person can use.

import { withDots } from '../dots.js';
import { h, icon } from '../dom.js';
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
      return h('div', { class: 'row' }, (b.elements ?? []).map(e => element(e, b, use, names)));
    case 'divider':
      return h('hr');
    case 'image':
      return h('div', {}, b.title && h('p', { class: 'image-title' }, b.title.text), picture(b));
    case 'rich_text':
      return richText(b, names);
    case 'markdown':
      return h('div', { class: 'text' }, mrkdwn(b.text ?? '', names));
    case 'input':
      return input(b, use, names);
    default:
      return h('p', { class: 'context' }, `Block “${b.type}”, which this page does not draw.`);
  }
}

function input(b, use, names) {
  const field = element(b.element, b, b.dispatch_action ? use : { ...use, act: null }, names);
  return h('div', { class: 'input', dataset: { block: b.block_id } },
    h('label', {}, h('span', {}, b.label?.text ?? '', b.optional ? h('small', {}, ' (optional)') : null), field),
    b.hint && h('small', { class: 'hint' }, b.hint.text), h('p', { class: 'fault', role: 'alert' }));
}

/** Elements that hold a choice or text carry what `read` needs in their dataset. */
function element(e, b, use, names) {
  const mark = { action: e.action_id ?? '', block: b.block_id ?? '', type: e.type };
  switch (e.type) {
    case 'button':
      return button(e, b, use, mark);
    case 'image':
      return picture(e);
    case 'overflow':
      return choice(e, b, use, mark, optionsOf(e, names), '⋯');
    case 'radio_buttons': case 'checkboxes':
      return ticks(e, b, use, mark);
    case 'plain_text_input': case 'number_input': case 'email_text_input': case 'url_text_input':
      return field(e, mark);
    case 'datepicker': case 'timepicker':
      return h('input', { type: e.type === 'datepicker' ? 'date' : 'time', value: e.initial_date ?? e.initial_time ?? '', dataset: mark,
        'aria-label': e.placeholder?.text, onchange: c => use.act?.(b, e, c.target.value) });
    case 'external_select':
      return externalSelect(e, b, use.act, use.ask, mark);
    default:
      return choice(e, b, use, mark, optionsOf(e, names), e.placeholder?.text ?? 'Choose');
  }
}

function button(e, b, use, mark) {
  const label = emojiIn(e.text?.text ?? '', e.text?.emoji);
  const press = () => use.act?.(b, e, e.value);
  return e.url
    ? h('a', { class: 'button', href: /^https?:/i.test(e.url) ? e.url : null, rel: 'noreferrer', target: '_blank', onclick: press }, label, icon('link'))
    : h('button', { type: 'button', class: `button ${e.style ?? ''}`, 'aria-label': e.accessibility_label, dataset: { ...mark, use: e.action_id ?? '' }, onclick: press }, label);
}

function choice(e, b, use, mark, options, placeholder) {
  const many = e.type.startsWith('multi_');
  const initial = [e.initial_option, ...(e.initial_options ?? [])].filter(Boolean).map(o => o.value)
    .concat(e.initial_channel ?? e.initial_user ?? e.initial_conversation ?? []);
  return h('select', {
    class: e.type === 'overflow' ? 'select overflow' : 'select',
    'aria-label': e.type === 'overflow' ? 'More' : placeholder,
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

function ticks(e, b, use, mark) {
  const kind = e.type === 'checkboxes' ? 'checkbox' : 'radio';
  const initial = [e.initial_option, ...(e.initial_options ?? [])].filter(Boolean).map(o => o.value);
  const group = h('div', { class: 'ticks', role: 'group', dataset: mark });
  const changed = () => use.act?.(b, e, kind === 'radio' ? ticked(group)[0] : ticked(group));
  group.append(...(e.options ?? []).map(o => h('label', {},
    h('input', { type: kind, name: `${b.block_id}-${e.action_id}`, value: o.value, checked: initial.includes(o.value), onchange: changed }), ` ${o.text?.text ?? o.value}`)));
  return group;
}

const ticked = group => [...group.querySelectorAll('input:checked')].map(i => i.value);

function field(e, mark) {
  const props = { value: String(e.initial_value ?? ''), placeholder: e.placeholder?.text, minlength: e.min_length, maxlength: e.max_length, dataset: mark };
  const type = { number_input: 'number', email_text_input: 'email', url_text_input: 'url' }[e.type] ?? 'text';
  return e.multiline ? h('textarea', { rows: '4', ...props }) : h('input', { type, ...props });
}

const picture = e => h('div', { class: 'picture', role: 'img', 'aria-label': e.alt_text ?? '' }, icon('image'), h('span', { 'aria-hidden': 'true' }, e.alt_text ?? 'Picture'));

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
