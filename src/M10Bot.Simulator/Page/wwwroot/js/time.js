// Times in the reader's own zone and language.

import { h } from './dom.js';

const formats = {};
const format = options => (formats[JSON.stringify(options)] ??= new Intl.DateTimeFormat(undefined, options));
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

const DISCORD = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
  s: { dateStyle: 'short', timeStyle: 'short' },
  S: { dateStyle: 'short', timeStyle: 'medium' },
};

const SLACK = {
  date_num: { year: 'numeric', month: '2-digit', day: '2-digit' },
  date: { dateStyle: 'long' },
  date_short: { dateStyle: 'medium' },
  date_long: { dateStyle: 'full' },
  time: { timeStyle: 'short' },
  time_secs: { timeStyle: 'medium' },
};

/** Discord's <t:unix:style>. */
export function discordTime(seconds, style = 'f') {
  const date = new Date(seconds * 1000);
  return style === 'R' ? agoNode(date) : timeNode(date, format(DISCORD[style] ?? DISCORD.f).format(date));
}

/** Slack's <!date^unix^format^link|fallback>; null where the format has no token that is known. */
export function slackTime(seconds, pattern) {
  const date = new Date(seconds * 1000);
  let known = false;
  const text = pattern.replace(/\{(\w+)\}/g, (whole, token) => {
    const said = slackToken(date, token);
    known ||= said !== null;
    return said ?? whole;
  });
  return known ? timeNode(date, text) : null;
}

function slackToken(date, token) {
  if (token === 'ago') {
    return ago(date);
  }
  const pretty = token.endsWith('_pretty');
  if (pretty && dayWord(date)) {
    return dayWord(date);
  }
  const options = SLACK[pretty ? token.slice(0, -'_pretty'.length) : token];
  return options ? format(options).format(date) : null;
}

/** In a sentence: "today at 12:30", "3 May at 12:30". */
export function moment(date) {
  const time = format({ timeStyle: 'short' }).format(date);
  return timeNode(date, `${dayWord(date) ?? format({ dateStyle: 'medium' }).format(date)} at ${time}`);
}

/** When a message stands in the chat: today's as a time, older ones with their day. */
export function stamp(date) {
  const day = dayWord(date);
  const time = format({ timeStyle: 'short' }).format(date);
  return timeNode(date, day === 'today' ? time : `${day ?? format({ dateStyle: 'short' }).format(date)} ${time}`);
}

function timeNode(date, text) {
  const full = isNaN(date) ? '' : format({ dateStyle: 'full', timeStyle: 'medium' }).format(date);
  return h('time', { datetime: isNaN(date) ? null : date.toISOString(), title: full }, text);
}

function agoNode(date) {
  const node = timeNode(date, ago(date));
  node.dataset.ago = String(date.getTime());
  return node;
}

function ago(date) {
  const seconds = (date.getTime() - Date.now()) / 1000;
  const steps = [['year', 31_536_000], ['month', 2_592_000], ['day', 86_400], ['hour', 3600], ['minute', 60]];
  const [unit, size] = steps.find(([, s]) => Math.abs(seconds) >= s) ?? ['second', 1];
  return relative.format(Math.round(seconds / size), unit);
}

function dayWord(date) {
  const days = Math.round((new Date(date).setHours(0, 0, 0, 0) - new Date().setHours(0, 0, 0, 0)) / 86_400_000);
  return { '-1': 'yesterday', 0: 'today', 1: 'tomorrow' }[days] ?? null;
}

setInterval(() => {
  for (const node of document.querySelectorAll('time[data-ago]')) {
    node.textContent = ago(new Date(Number(node.dataset.ago)));
  }
}, 20_000);
