// Slack's mrkdwn, as nodes: <…> tokens, the few formatting marks, quotes and code.

import { withDots } from '../dots.js';
import { h, outLink } from '../dom.js';
import { slackTime } from '../time.js';

const MARKS = { '*': 'strong', _: 'em', '~': 's' };
const ENTITIES = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };
const EMOJI = {
  red_circle: '🔴', large_orange_circle: '🟠', large_green_circle: '🟢', large_blue_circle: '🔵', large_yellow_circle: '🟡',
  black_circle: '⚫', white_circle: '⚪', warning: '⚠️', white_check_mark: '✅', x: '❌', bell: '🔔', no_bell: '🔕', newspaper: '📰',
};

/** Whole text with its lines; `names`: { people: Map, channels: Map } */
export function mrkdwn(text, names) {
  return text.split(/(```[\s\S]+?```)/).filter(p => p !== '').flatMap(part =>
    part.startsWith('```') && part.length > 6
      ? [h('pre', {}, h('code', {}, plain(part.slice(3, -3).replace(/^\n|\n$/g, ''))))]
      : paragraphs(part, names));
}

function paragraphs(text, names) {
  const out = [];
  let quote = null;
  text.replace(/^\n|\n$/g, '').split('\n').forEach(line => {
    const quoted = /^(?:&gt;|>) ?(.*)$/.exec(line);
    if (quoted) {
      quote ??= out[out.push(h('blockquote')) - 1];
      quote.append(h('p', {}, inline(quoted[1], names)));
    } else {
      quote = null;
      out.push(h('p', { class: line.startsWith('• ') ? 'bullet' : null }, line.trim() === '' ? '\u00a0' : inline(line, names)));
    }
  });
  return out;
}

export function inline(text, names) {
  const out = [];
  let run = '';
  let at = 0;
  const flush = () => {
    if (run !== '') {
      out.push(...withDots(plain(run)));
      run = '';
    }
  };
  while (at < text.length) {
    const found = special(text, at, names);
    if (found) {
      flush();
      out.push(found.node);
      at += found.length;
    } else {
      run += text[at++];
    }
  }
  flush();
  return out;
}

function special(text, at, names) {
  const rest = text.slice(at);
  const before = text[at - 1] ?? ' ';
  const token = /^<([^<>\n]+)>/.exec(rest);
  if (token) {
    return { length: token[0].length, node: angle(token[1], names) };
  }
  const code = /^`([^`\n]+)`/.exec(rest);
  if (code) {
    return { length: code[0].length, node: h('code', {}, plain(code[1])) };
  }
  const emoji = /^:([a-z0-9_+-]+):/.exec(rest);
  if (emoji && EMOJI[emoji[1]]) {
    return { length: emoji[0].length, node: withDots(EMOJI[emoji[1]])[0] };
  }
  const mark = /^([*_~])(?=[^\s*_~])((?:(?!\1).)*?[^\s])\1(?![A-Za-z0-9])/u.exec(rest);
  return mark && !/[\p{L}\p{N}]/u.test(before)
    ? { length: mark[0].length, node: h(MARKS[mark[1]], {}, inline(mark[2], names)) }
    : null;
}

function angle(inside, names) {
  const cut = inside.indexOf('|');
  const target = cut < 0 ? inside : inside.slice(0, cut);
  const label = cut < 0 ? null : plain(inside.slice(cut + 1));
  switch (target[0]) {
    case '@':
      return mention(`@${names.people.get(target.slice(1)) ?? label ?? target.slice(1)}`);
    case '#':
      return mention(`#${names.channels.get(target.slice(1)) ?? label ?? target.slice(1)}`);
    case '!':
      return command(target.slice(1), label, names);
    default:
      return target.startsWith('mailto:') ? h('span', {}, label ?? target.slice(7)) : outLink(plain(target), label ?? plain(target));
  }
}

function command(target, label, names) {
  if (target.startsWith('date^')) {
    const [, unix, pattern, link] = target.split('^');
    const shown = slackTime(Number(unix), plain(pattern ?? '')) ?? label ?? '';
    return link ? outLink(plain(link), shown) : shown;
  }
  const group = /^subteam\^(S\w+)/.exec(target);
  return mention(`@${label ?? (group ? names.groups?.get(group[1]) ?? 'group' : target.split('^')[0])}`);
}

/** Slack's three entities undone. */
export const plain = text => text.replace(/&(amp|lt|gt);/g, whole => ENTITIES[whole]);

/** A plain_text or mrkdwn text object. */
export function textObject(object, names) {
  if (!object) {
    return [];
  }
  return object.type === 'mrkdwn' ? mrkdwn(object.text ?? '', names) : [h('p', {}, withDots(emojiIn(object.text ?? '', object.emoji)))];
}

export const emojiIn = (text, on = true) => (on === false ? text : text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => EMOJI[name] ?? whole));

const mention = text => h('span', { class: 'mention' }, text);
