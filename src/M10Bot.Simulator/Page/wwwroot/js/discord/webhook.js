// The admin's way to a webhook of the open channel, as the channel's settings have it in Discord: its URL, to paste into /channel add.

import * as api from '../api.js';
import { h, notice, showDialog } from '../dom.js';
import { channelNow, channelsOf, isDirect, me, state } from '../state.js';

/** Shown to the admin only, in a channel that can have one; null elsewhere. */
export function webhookButton(composer) {
  const channel = channelNow('discord');
  if (state.person !== 'admin' || !channel || isDirect(channel)) {
    return null;
  }
  const name = `#${(channelsOf('discord').find(c => c.id === channel.parent) ?? channel).name}`;
  const open = () => show(composer, channel, name);
  return h('button', { type: 'button', class: 'tools', 'aria-label': `Webhook for ${name}`, dataset: { testid: 'webhook', channel: 'webhook' }, onclick: open }, 'Webhook');
}

async function show(composer, channel, name) {
  let url;
  try {
    ({ url } = await api.discord.webhook({ person: me('discord').key, channel: channel.id }));
  } catch (e) {
    notice(e.message, 'error');
    return;
  }
  const said = h('p', { class: 'webhook-said', role: 'status' });
  const field = h('textarea', { readonly: true, rows: '4', value: url, spellcheck: 'false', dataset: { testid: 'webhook-url' }, onfocus: () => field.select() });
  let isPut = false;
  const dialog = h('dialog', { class: 'modal discord-modal webhook', 'aria-labelledby': 'webhook-title' },
    h('form', { method: 'dialog' },
      h('div', { class: 'modal-head' }, h('h2', { id: 'webhook-title' }, `A webhook for ${name}`), h('button', { type: 'submit', class: 'button link', 'aria-label': 'Close' }, '✕')),
      h('p', {}, 'Whoever has its URL can write in the channel, so the bot can too, without any permission of its own. In Discord it is made in the channel’s settings, under Integrations.'),
      h('label', {}, 'URL to paste', field),
      said,
      h('div', { class: 'modal-foot' },
        h('button', { type: 'button', class: 'button', onclick: () => copy(field, said) }, 'Copy'),
        h('button', { type: 'submit', class: 'button primary', dataset: { testid: 'webhook-use' }, onclick: () => { isPut = true; } }, 'Put it into /channel add'))));
  showDialog(dialog);
  dialog.addEventListener('close', () => isPut && composer.start(`/channel add webhook:${url}`)); // after the keyboard has gone back
  field.focus();
}

async function copy(field, said) {
  field.focus();
  try {
    await navigator.clipboard.writeText(field.value);
    said.textContent = 'Copied.';
  } catch {
    said.textContent = 'The browser does not let the page copy: press Ctrl+C.'; // it is selected
  }
}
