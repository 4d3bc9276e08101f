// What both panes show: the two worlds as last told, who you are, which channel is open. Changes are announced on `bus`.
//   world          everything may have changed
//   person         you are somebody else now
//   open           {pane} shows another channel
//   message        {pane, channel, key, message|null} one message came, changed or went
//   unread         {pane}
//   channels       {pane} a channel or thread came, changed or went
//   thread         {channel, ts} a reply came, changed or went (Slack)
//   home           somebody's app home was published (Slack)
//   failed         {pane, channel, event} the bot did not answer

export const state = {
  person: 'member',
  hasBot: false,
  worlds: { discord: null, slack: null },
  open: { discord: null, slack: null },
  unread: { discord: new Set(), slack: new Set() },
  dismissed: new Set(),
};

const target = new EventTarget();
export const bus = {
  on: (name, act) => target.addEventListener(name, e => act(e.detail)),
  tell: (name, detail = {}) => target.dispatchEvent(new CustomEvent(name, { detail })),
};

export const keyOf = (pane, message) => (pane === 'discord' ? message.id : message.ts);

export function load(world) {
  state.hasBot = Boolean(world.has_bot);
  for (const pane of ['discord', 'slack']) {
    state.worlds[pane] = world[pane];
    chooseOpen(pane);
  }
  bus.tell('world');
}

export function become(person) {
  state.person = person;
  chooseOpen('discord');
  chooseOpen('slack');
  bus.tell('person');
}

export function openChannel(pane, channel) {
  state.open[pane] = channel;
  state.unread[pane].delete(channel);
  bus.tell('open', { pane });
  bus.tell('unread', { pane });
}

/** You, as that platform knows you. */
export const me = pane => state.worlds[pane]?.people.find(p => p.key === state.person);

/** The channels you see: the common ones, each with its threads behind it, then your own direct messages with the bot. */
export function channelsOf(pane) {
  const all = state.worlds[pane]?.channels ?? [];
  const common = all.filter(c => !isDirect(c) && !c.parent);
  return [...common.flatMap(c => [c, ...all.filter(t => t.parent === c.id)]), ...all.filter(c => isDirect(c) && c.person === state.person)];
}

export const isDirect = channel => channel.kind === 'dm' || channel.kind === 'im';

export const channelNow = pane => channelsOf(pane).find(c => c.id === state.open[pane]);

/** Oldest first, without what is private to others, dismissed or gone. */
export function messagesIn(pane, channel) {
  return (state.worlds[pane]?.messages?.[channel] ?? []).filter(m => isVisible(pane, m) && !isInThread(m));
}

/** The replies of a thread in Slack, oldest first. */
export function repliesTo(channel, ts) {
  return (state.worlds.slack?.messages?.[channel] ?? []).filter(m => m.thread_ts === ts && m.ts !== ts && isVisible('slack', m));
}

// A reply stands in its thread only, unless it was sent to the channel too. Discord's threads are channels.
const isReply = message => Boolean(message.thread_ts) && message.thread_ts !== message.ts;
const isInThread = message => isReply(message) && message.subtype !== 'thread_broadcast';

export function dismiss(pane, channel, message) {
  const key = keyOf(pane, message);
  state.dismissed.add(`${pane}/${key}`);
  bus.tell('message', { pane, channel, key, message: null });
}

/** Takes one event of the feed in. */
export function apply(event) {
  const { pane, kind, channel, message } = event;
  if (kind.startsWith('message.') && message && state.worlds[pane]) {
    takeMessage(pane, kind, channel, message);
  } else if (kind.startsWith('channel.') && state.worlds[pane]) {
    takeChannel(pane, kind, channel);
  } else if (kind.endsWith('.failed')) {
    bus.tell('failed', { pane, channel, event });
  }
}

function takeMessage(pane, kind, channel, message) {
  const list = (state.worlds[pane].messages[channel] ??= []);
  const key = keyOf(pane, message);
  const at = list.findIndex(m => keyOf(pane, m) === key);
  if (kind === 'message.delete') {
    takeAway(pane, list, at, channel, key, message);
    return;
  }
  if (at >= 0) {
    list[at] = message;
  } else {
    list.push(message);
    list.splice(0, Math.max(0, list.length - 100));
    markUnread(pane, channel, message);
  }
  tellMessage(pane, channel, message);
}

/** What replies hang on stays as a placeholder. */
function takeAway(pane, list, at, channel, key, message) {
  if (at >= 0 && pane === 'slack' && repliesTo(channel, key).length > 0) {
    list[at] = { ...message, deleted: true };
    tellMessage(pane, channel, list[at]);
    return;
  }
  if (at >= 0) {
    list.splice(at, 1);
  }
  bus.tell('message', { pane, channel, key, message: null });
  tellThread(pane, channel, message);
}

function tellMessage(pane, channel, message) {
  if (!isInThread(message)) {
    bus.tell('message', { pane, channel, key: keyOf(pane, message), message: isVisible(pane, message) ? message : null });
  }
  tellThread(pane, channel, message);
}

function tellThread(pane, channel, message) {
  if (pane === 'slack' && isReply(message)) {
    const first = state.worlds.slack.messages[channel]?.find(m => m.ts === message.thread_ts);
    bus.tell('thread', { channel, ts: message.thread_ts });
    if (first) {
      bus.tell('message', { pane, channel, key: first.ts, message: isVisible(pane, first) ? first : null });
    }
  }
}

function takeChannel(pane, kind, channel) {
  const { channels } = state.worlds[pane];
  const at = channels.findIndex(c => c.id === channel.id);
  if (kind === 'channel.delete') {
    channels.splice(at, at < 0 ? 0 : 1);
    chooseOpen(pane);
  } else if (at >= 0) {
    channels[at] = channel;
  } else {
    channels.push(channel);
  }
  bus.tell('channels', { pane });
}

function markUnread(pane, channel, message) {
  const seen = state.open[pane] === channel && !document.hidden;
  if (!seen && isVisible(pane, message) && channelsOf(pane).some(c => c.id === channel)) {
    state.unread[pane].add(channel);
    bus.tell('unread', { pane });
  }
}

function isVisible(pane, message) {
  const mine = !message.ephemeral_for || message.ephemeral_for === me(pane)?.id;
  return mine && (!message.deleted || hasReplies(pane, message)) && !state.dismissed.has(`${pane}/${keyOf(pane, message)}`);
}

const hasReplies = (pane, message) => pane === 'slack' && !isReply(message)
  && Object.values(state.worlds.slack.messages).some(list => list.some(m => m.thread_ts === message.ts && m.ts !== message.ts && !m.deleted));

function chooseOpen(pane) {
  const channels = channelsOf(pane);
  if (!channels.some(c => c.id === state.open[pane])) {
    const wasDirect = state.worlds[pane]?.channels.some(c => c.id === state.open[pane] && isDirect(c));
    state.open[pane] = (wasDirect ? channels.find(isDirect) : channels[0])?.id ?? null;
  }
}
