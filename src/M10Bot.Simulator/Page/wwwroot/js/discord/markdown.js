// Discord's message formatting, as nodes. Rules tried in order at each place; what matches none is plain text.

import { withDots } from '../dots.js';
import { h, isWeb, outLink } from '../dom.js';
import { discordTime } from '../time.js';

const CLASSES = { '**': 'strong', __: 'u', '~~': 's', '*': 'em', _: 'em' };

const RULES = [
  [/\\([^A-Za-z0-9\s])/y, m => m[1]],
  [/(`+)([^`]|[^`][\s\S]*?[^`])\1(?!`)/y, m => h('code', {}, m[2])],
  [/\[((?:\\.|[^[\]\\])+)\]\((<?)(https?:\/\/[^\s<>)]+)>?\)/y, masked],
  [/<(https?:\/\/[^\s>]+)>/y, m => outLink(m[1], m[1])],
  [/<t:(-?\d{1,13})(?::([tTdDfFsSR]))?>/y, m => discordTime(Number(m[1]), m[2])],
  [/<@!?(\d+)>/y, (m, names) => mention(`@${names.people.get(m[1]) ?? 'unknown'}`)],
  [/<@&(\d+)>/y, (m, names) => mention(`@${names.roles?.get(m[1]) ?? 'role'}`)],
  [/<#(\d+)>/y, (m, names) => mention(`# ${names.channels.get(m[1]) ?? 'unknown'}`)],
  [/<\/([^:<>]{1,100}):(\d+)>/y, m => mention(`/${m[1]}`)],
  [/<a?:(\w{2,32}):\d+>/y, m => `:${m[1]}:`],
  [/@(everyone|here)\b/y, m => mention(m[0])],
  [/https?:\/\/[^\s<>]*[^\s<>.,:;"'\])}!?*_~|]/y, m => (isWeb(m[0]) ? outLink(m[0], m[0]) : m[0])],
  [/\|\|([\s\S]+?)\|\|/y, (m, names) => spoiler(m[1], names)],
  [/(\*\*|__|~~)(?=\S)((?:\\[\s\S]|(?!\1)[\s\S])+?)\1/y, wrap],
  [/(\*)(?=\S)((?:\\[\s\S]|\*\*[\s\S]+?\*\*|[^\\*])+?)\*(?!\*)/y, wrap],
  [/(_)((?:\\[\s\S]|__[\s\S]+?__|[^\\_])+?)_(?![A-Za-z0-9_])/y, wrap],
  [/[A-Za-z0-9 ,.;'"\n\u00a0-\uffff]+/y, m => plainRun(m[0])],
];

/** Blocks: headings, quotes, lists, code; inline formatting inside them. `names`: { people: Map, channels: Map } */
export function blocks(text, names) {
  const out = [];
  const parts = text.split(/(```(?:[a-z0-9_+-]*\n)?[\s\S]+?```)/);
  for (const part of parts) {
    const code = /^```(?:[a-z0-9_+-]*\n)?([\s\S]+?)```$/.exec(part);
    if (code) {
      out.push(h('pre', {}, h('code', {}, code[1].replace(/\n$/, ''))));
    } else if (part.trim() !== '') {
      out.push(...lines(part.replace(/^\n|\n$/g, '').split('\n'), names));
    }
  }
  return out;
}

function lines(all, names) {
  const out = [];
  let list = null;
  let quote = null;
  for (let i = 0; i < all.length; i++) {
    const line = all[i];
    const item = /^\s*[-*] (.+)$/.exec(line) ?? /^\s*\d{1,9}\. (.+)$/.exec(line);
    const quoted = /^> (.*)$/.exec(line);
    if (line.startsWith('>>> ')) {
      out.push(h('blockquote', {}, lines([line.slice(4), ...all.slice(i + 1)], names)));
      break;
    }
    list = item ? list ?? push(out, h(/^\s*\d/.test(line) ? 'ol' : 'ul')) : null;
    quote = quoted ? quote ?? push(out, h('blockquote')) : null;
    if (item) {
      list.append(h('li', {}, inline(item[1], names)));
    } else if (quoted) {
      quote.append(h('p', {}, inline(quoted[1], names)));
    } else {
      out.push(single(line, names));
    }
  }
  return out;
}

function single(line, names) {
  const heading = /^(#{1,3}) +(.+)$/.exec(line);
  if (heading) {
    return h('p', { class: `h${heading[1].length}`, role: 'heading', 'aria-level': '4' }, inline(heading[2], names));
  }
  const small = /^-# +(.+)$/.exec(line);
  return small ? h('p', { class: 'subtext' }, inline(small[1], names)) : h('p', { class: line.startsWith('• ') ? 'bullet' : null }, inline(line, names));
}

export function inline(text, names) {
  const out = [];
  let at = 0;
  while (at < text.length) {
    const { length, node } = next(text, at, names);
    if (typeof node === 'string' && typeof out.at(-1) === 'string') {
      out.push(out.pop() + node);
    } else {
      out.push(node);
    }
    at += length;
  }
  return out.flatMap(n => (typeof n === 'string' ? withDots(n) : [n]));
}

function next(text, at, names) {
  for (const [rule, make] of RULES) {
    rule.lastIndex = at;
    const match = rule.exec(text);
    if (match && !(match[1] === '_' && /[A-Za-z0-9]/.test(text[at - 1] ?? ''))) {
      const node = make(match, names);
      const length = typeof node === 'string' && node.length < match[0].length && rule === RULES.at(-1)[0] ? node.length : match[0].length;
      return { length, node };
    }
  }
  return { length: 1, node: text[at] };
}

// A run of plain characters must stop before a bare address, which begins with letters too.
function plainRun(run) {
  const address = run.search(/https?$/);
  return address > 0 ? run.slice(0, address) : address === 0 ? run[0] : run;
}

function wrap(match, names) {
  return h(CLASSES[match[1]], {}, inline(match[2], names));
}

// A label that itself shows an address makes Discord print the whole construct as it stands.
function masked(match, names) {
  return /https?:\/\//.test(match[1]) ? match[0] : outLink(match[3], inline(match[1], names));
}

function spoiler(text, names) {
  const cover = h('span', { class: 'spoiler', role: 'button', tabindex: '0', 'aria-label': 'Spoiler, press to show' }, inline(text, names));
  const show = () => {
    cover.classList.add('shown');
    cover.removeAttribute('aria-label');
  };
  cover.addEventListener('click', show);
  cover.addEventListener('keydown', e => e.key === 'Enter' && show());
  return cover;
}

const mention = text => h('span', { class: 'mention' }, text);

function push(list, node) {
  list.push(node);
  return node;
}
