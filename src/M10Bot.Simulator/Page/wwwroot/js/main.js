// The page's table of contents.

import * as api from './api.js';
import { h, icon, notice } from './dom.js';
import { Composer as DiscordComposer } from './discord/composer.js';
import { namesOf, render as renderDiscord } from './discord/message.js';
import { openModal } from './discord/modal.js';
import { troubleButton } from './discord/trouble.js';
import { webhookButton } from './discord/webhook.js';
import { board } from './discord/forum.js';
import { follow } from './feed.js';
import { startHappened } from './happened.js';
import { Pane } from './pane.js';
import { Composer as SlackComposer } from './slack/composer.js';
import { openEngineRoom } from './slack/engine-room.js';
import { Home } from './slack/home.js';
import { render as renderSlack } from './slack/message.js';
import { Thread } from './slack/thread.js';
import { refreshView } from './slack/view.js';
import { apply, become, bus, load, state } from './state.js';
import { teach } from './teach.js';
import { drawWire } from './wire.js';

const byId = id => document.getElementById(id);

function discordSkin() {
  const composer = new DiscordComposer();
  return {
    key: 'discord',
    name: 'Discord',
    heading: 'Text channels',
    composer,
    workspace: world => world.guild.name,
    label: c => (c.kind === 'dm' ? 'M10Bot' : c.name),
    topic: discordTopic,
    icon: c => ({ announcement: 'megaphone', forum: 'forum', thread: 'thread' }[c.kind] ?? 'hash'),
    listed: isListed,
    tools: () => [webhookButton(composer), troubleButton()],
    board: c => (c?.kind === 'forum' ? board(c) : null),
    render: renderDiscord,
    teach: c => teach(c, c.kind === 'dm' ? '' : `#${c.name}`, composer, [{ text: '/subscribe ', label: '/subscribe' }, { text: '/latest', label: '/latest' }]),
  };
}

// A forum's posts are found on its board; beside it stands only the one that is open.
function isListed(c) {
  const parent = state.worlds.discord.channels.find(p => p.id === c.parent);
  return !parent || c.id === state.open.discord || (parent.kind !== 'forum' && !c.archived);
}

function discordTopic(c) {
  const closed = c.locked ? 'Locked' : c.archived ? 'Archived' : null;
  return { dm: 'Between you and the bot', announcement: 'Announcements: servers that follow get what is published', forum: c.topic ?? 'Forum', thread: [closed, ...(c.tags ?? [])].filter(Boolean).join(' · ') || 'Thread' }[c.kind]
    ?? c.topic ?? 'Text channel';
}

function slackSkin() {
  const composer = new SlackComposer();
  const home = new Home();
  const thread = new Thread(renderSlack);
  const openThread = (channel, ts, opener) => thread.open(channel, ts, opener);
  return {
    key: 'slack',
    extras: [home.element, thread.element],
    headTools: c => home.head(c),
    tools: () => (state.person === 'admin'
      ? h('button', { type: 'button', class: 'side-tool', dataset: { testid: 'engine-open' }, onclick: openEngineRoom }, icon('gear'), 'Faults and requests')
      : null),
    name: 'Slack',
    heading: 'Channels',
    composer,
    workspace: world => world.team.name,
    label: c => (c.kind === 'im' ? 'M10Bot' : c.name),
    topic: c => (c.is_archived ? 'Archived: nobody can write here' : c.kind === 'im' ? 'Between you and the app' : c.kind === 'private' ? 'Private channel' : 'Channel'),
    render: (message, channel) => renderSlack(message, channel, { openThread }),
    teach: c => teach(c, c.kind === 'im' ? '' : `#${c.name}`, composer, [{ text: '/m10 subscribe ', label: '/m10 subscribe' }, { text: '/m10 latest', label: '/m10 latest' }]),
  };
}

function listenToPerson() {
  for (const radio of document.querySelectorAll('input[name=person]')) {
    radio.addEventListener('change', () => become(radio.value));
  }
  const checked = document.querySelector('input[name=person]:checked');
  state.person = checked?.value ?? 'member'; // a reloaded page keeps the choice
}

function listenToTabs() {
  const tabs = [...document.querySelectorAll('.tabs button')];
  for (const tab of tabs) {
    tab.addEventListener('click', () => {
      document.body.dataset.tab = tab.dataset.tab;
      tabs.forEach(t => (t === tab ? t.setAttribute('aria-current', 'true') : t.removeAttribute('aria-current')));
    });
  }
  const mark = () => tabs.forEach(t => t.classList.toggle('unread', (state.unread[t.dataset.tab]?.size ?? 0) > 0));
  bus.on('unread', mark);
}

function hideWhatNeedsABot() {
  document.body.classList.toggle('no-bot', !state.hasBot);
}

const WORDS = { live: 'Live', waiting: 'Reconnecting…', connecting: 'Connecting' };

function tellState(now) {
  document.body.dataset.wire = now;
  byId('state-text').textContent = now === 'live' && state.hasBot ? 'Wire open' : WORDS[now];
}

function onEvent(event) {
  bus.tell('feed', event);
  if (event.pane === 'slack' && event.kind.startsWith('view.')) {
    reloadViews();
  } else if (event.pane === 'slack' && event.kind === 'home') {
    state.worlds.slack.homes[event.person] = event.view;
    bus.tell('home');
  } else if (event.kind === 'commands') {
    reload();
  } else if (event.pane === 'discord' && event.kind.startsWith('modal')) {
    showModal(event);
  } else {
    apply(event);
  }
}

function showModal(event) {
  const isMine = [state.person, state.worlds.discord.people.find(p => p.key === state.person)?.id].includes(event.person);
  const modal = event.modal ?? event.message;
  if (isMine && modal) {
    openModal(modal, namesOf(), values =>
      api.discord.modal({ person: state.person, interaction: event.interaction, custom_id: modal.custom_id, values }));
  }
}

async function reload() {
  load(await api.world());
}

async function reloadViews() {
  const { slack } = await api.world();
  state.worlds.slack.views = slack.views;
  refreshView();
}

// Discord leaves a private message in the channel; Slack says it in passing.
bus.on('failed', ({ pane, event }) => {
  if (pane === 'slack' && event.person === state.person) {
    notice(`Slack: ${event.text || 'the app'} failed with the error “${event.error}”.`, 'error');
  }
});
bus.on('world', hideWhatNeedsABot);
bus.on('world', refreshView);
bus.on('person', refreshView);

new Pane(byId('discord-pane'), discordSkin());
new Pane(byId('slack-pane'), slackSkin());
listenToPerson();
listenToTabs();
startHappened(byId('happened'), byId('happened-toggle'));
drawWire(byId('wire'));
follow({ reload, onEvent, tellState });
