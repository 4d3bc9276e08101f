// Discord's components: Components V2 and the older action rows, and embeds.

import { h, icon, outLink } from '../dom.js';
import { state } from '../state.js';
import { blocks, inline } from './markdown.js';
import { picker } from './picker.js';

const STYLES = { 1: 'primary', 2: 'secondary', 3: 'success', 4: 'danger', 5: 'link' };

/** `act(custom_id, values?)` is called when a person uses one; `names` as in markdown.js, plus the lists selects offer. */
export function components(list, act, names) {
  return (list ?? []).map(c => component(c, act, names));
}

function component(c, act, names) {
  switch (c.type) {
    case 1:
      return h('div', { class: 'row' }, components(c.components, act, names));
    case 2:
      return button(c, act);
    case 3: case 5: case 6: case 7: case 8:
      return select(c, act);
    case 9:
      return h('div', { class: 'section' }, h('div', {}, components(c.components, act, names)), c.accessory && component(c.accessory, act, names));
    case 10:
      return h('div', { class: 'text' }, blocks(c.content ?? '', names));
    case 11:
      return picture(c.description ?? c.media?.url, 'thumbnail');
    case 12:
      return h('div', { class: 'gallery' }, (c.items ?? []).map(i => picture(i.description ?? i.media?.url)));
    case 14:
      return h('hr', { class: c.divider === false ? 'space' : '' });
    case 17:
      return container(c, act, names);
    default:
      return h('p', { class: 'subtext' }, `Component of type ${c.type}, which this page does not draw.`);
  }
}

function container(c, act, names) {
  const box = h('div', { class: 'container' }, components(c.components, act, names));
  accent(box, c.accent_color);
  return box;
}

function accent(box, colour) {
  if (Number.isInteger(colour)) {
    box.style.setProperty('--accent', `#${colour.toString(16).padStart(6, '0')}`);
    box.classList.add('accented');
  }
}

function button(c, act) {
  const label = [c.emoji?.name ? `${c.emoji.name} ` : null, c.label];
  if (c.style === 5) {
    const link = outLink(c.url, label, icon('link'));
    link.className = 'button link';
    return link;
  }
  return h('button', {
    type: 'button',
    class: `button ${STYLES[c.style] ?? 'secondary'}`,
    disabled: c.disabled,
    dataset: { use: c.custom_id ?? '' },
    onclick: e => busy(e.currentTarget, act(c.custom_id)),
  }, label);
}

// The platform greys a button until the bot has answered.
async function busy(element, answer) {
  element.setAttribute('aria-busy', 'true');
  await answer;
  element.removeAttribute('aria-busy');
}

function select(c, act) {
  const label = c.placeholder ?? { 5: 'Choose people', 6: 'Choose roles', 7: 'Choose people or roles', 8: 'Choose channels' }[c.type] ?? 'Choose';
  const { element } = picker({
    label, placeholder: c.placeholder, options: optionsOf(c), min: c.min_values ?? 1, max: c.max_values ?? 1, disabled: c.disabled === true, use: c.custom_id,
    picked: values => act(c.custom_id, values),
  });
  return element;
}

/** The options of any kind of select, from the message or from the guild. */
export function optionsOf(c) {
  const world = state.worlds.discord;
  const preset = new Set((c.default_values ?? []).map(v => v.id));
  const of = (list, mark) => list.map(x => ({ value: x.id, label: `${mark}${x.name}`, description: x.description, default: preset.has(x.id) }));
  const people = () => of([...world.people, { ...world.bot, description: 'App' }].map(p => ({ ...p, description: p.description ?? p.role })), '@');
  const roles = () => of((world.roles ?? []).map(r => ({ ...r, description: 'Role' })), '@');
  const channels = () => of(world.channels.filter(x => x.kind !== 'dm' && (x.kind !== 'thread' || c.channel_types?.includes(x.type)) && (!c.channel_types?.length || c.channel_types.includes(x.type)))
    .map(x => ({ ...x, description: { announcement: 'Announcements', forum: 'Forum', thread: 'Thread' }[x.kind] })), '#');
  return { 3: () => c.options ?? [], 5: people, 6: roles, 7: () => [...people(), ...roles()], 8: channels }[c.type]?.() ?? [];
}

// Pictures of strangers are not loaded here; their words stand in their place.
export function picture(words, kind = '') {
  return h('div', { class: `picture ${kind}`, role: 'img', 'aria-label': words ?? 'Picture without a description' },
    icon('image'), h('span', { 'aria-hidden': 'true' }, words ?? 'Picture'));
}

export function embed(e, names) {
  const title = e.title ? inline(e.title, names) : null;
  const box = h('div', { class: 'container embed' },
    e.author?.name && h('p', { class: 'embed-author' }, e.author.url ? outLink(e.author.url, e.author.name) : e.author.name),
    title && h('p', { class: 'embed-title' }, e.url ? outLink(e.url, title) : title),
    e.description && h('div', { class: 'text' }, blocks(e.description, names)),
    e.fields?.length > 0 && h('dl', { class: 'embed-fields' }, e.fields.map(f =>
      h('div', { class: f.inline ? 'inline' : '' }, h('dt', {}, inline(f.name, names)), h('dd', {}, blocks(f.value, names))))),
    e.image && picture(e.image.description ?? e.title),
    (e.footer?.text || e.timestamp) && h('p', { class: 'subtext' },
      [e.footer?.text, e.timestamp && new Date(e.timestamp).toLocaleString()].filter(Boolean).join(' • ')));
  accent(box, e.color);
  return box;
}
