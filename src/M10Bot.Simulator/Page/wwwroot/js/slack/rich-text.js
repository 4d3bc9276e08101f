// Slack's rich_text block.

import { h, outLink } from '../dom.js';
import { slackTime } from '../time.js';

export function richText(block, names) {
  return h('div', { class: 'text' }, (block.elements ?? []).map(e => part(e, names)));
}

function part(e, names) {
  const inner = () => (e.elements ?? []).map(i => leaf(i, names));
  switch (e.type) {
    case 'rich_text_list':
      return h(e.style === 'ordered' ? 'ol' : 'ul', {}, (e.elements ?? []).map(i => h('li', {}, (i.elements ?? []).map(l => leaf(l, names)))));
    case 'rich_text_quote':
      return h('blockquote', {}, inner());
    case 'rich_text_preformatted':
      return h('pre', {}, h('code', {}, inner()));
    default:
      return h('p', { class: 'rich' }, inner());
  }
}

function leaf(e, names) {
  switch (e.type) {
    case 'text':
      return styled(e.text, e.style);
    case 'link':
      return outLink(e.url, styled(e.text ?? e.url, e.style));
    case 'user':
      return h('span', { class: 'mention' }, `@${names.people.get(e.user_id) ?? e.user_id}`);
    case 'channel':
      return h('span', { class: 'mention' }, `#${names.channels.get(e.channel_id) ?? e.channel_id}`);
    case 'broadcast':
      return h('span', { class: 'mention' }, `@${e.range}`);
    case 'emoji':
      return e.unicode ? String.fromCodePoint(...e.unicode.split('-').map(c => parseInt(c, 16))) : `:${e.name}:`;
    case 'date':
      return slackTime(e.timestamp, e.format ?? '{date}') ?? e.fallback ?? '';
    default:
      return '';
  }
}

function styled(text, style = {}) {
  const tags = [['bold', 'strong'], ['italic', 'em'], ['strike', 's'], ['code', 'code']];
  return tags.reduce((inside, [key, tag]) => (style[key] ? h(tag, {}, inside) : inside), text);
}
