// The registered application commands as what a person can type: one entry per command or sub-command.

import { isDirect } from '../state.js';

const SUB = 1;
const GROUP = 2;
const ON_MESSAGE = 3;
const MANAGE_GUILD = 32n;
const ADMINISTRATOR = 8n;
const IN_BOT_DM = 1;

export const KINDS = { 3: 'text', 4: 'whole number', 5: 'yes or no', 6: 'person', 7: 'channel', 8: 'role', 9: 'mention', 10: 'number' };

/** [{ name: 'channel add', description, options, allowed }] for this person in this channel, allowed ones first. */
export function typable(world, person, channel) {
  return (world.commands ?? [])
    .filter(c => (c.type ?? 1) === 1 && fits(c, channel))
    .flatMap(c => leaves(c, c.name, c.description, c.options).map(leaf => ({ ...leaf, allowed: mayUse(c, person, channel) })))
    .sort((a, b) => Number(b.allowed) - Number(a.allowed));
}

/** [{ name, label }] of the commands for messages that this person may use here. */
export function contextual(world, person, channel) {
  const language = navigator.language?.split('-')[0];
  return channel && person
    ? (world.commands ?? []).filter(c => c.type === ON_MESSAGE && fits(c, channel) && mayUse(c, person, channel)).map(c => ({ name: c.name, label: c.name_localizations?.[language] ?? c.name }))
    : [];
}

function leaves(top, name, description, options = []) {
  const nested = options.filter(o => o.type === SUB || o.type === GROUP);
  return nested.length > 0
    ? nested.flatMap(o => leaves(top, `${name} ${o.name}`, o.description, o.options))
    : [{ name, description, options }];
}

const fits = (command, channel) => !isDirect(channel) || !command.contexts || command.contexts.includes(IN_BOT_DM);

// Only a default that admins can override; the simulated guild has overridden nothing.
function mayUse(command, person, channel) {
  const needs = command.default_member_permissions;
  if (needs === null || needs === undefined || isDirect(channel)) {
    return true;
  }
  const has = person.permissions ? BigInt(person.permissions) : person.key === 'admin' ? ADMINISTRATOR | MANAGE_GUILD : 0n;
  return (has & ADMINISTRATOR) !== 0n || (needs !== '0' && (has & BigInt(needs)) === BigInt(needs));
}

/** Commands whose name begins with, or else contains, what was typed. */
export function matching(commands, typed) {
  const words = typed.toLowerCase();
  return [...commands.filter(c => c.name.startsWith(words)), ...commands.filter(c => !c.name.startsWith(words) && c.name.includes(words))];
}

/** The command whose whole name begins the text, and what follows it; null while none does. */
export function opened(commands, typed) {
  const found = commands
    .filter(c => typed.toLowerCase().startsWith(`${c.name} `))
    .sort((a, b) => b.name.length - a.name.length)[0];
  return found ? { command: found, rest: typed.slice(found.name.length + 1) } : null;
}

/** What was typed after the name, spread over the options: `topic:Ukraine where:here`, or all of it for the first one. */
export function spread(options, rest) {
  const pieces = rest.split(/(?:^|\s)([\w-]+):/u);
  const values = new Map();
  for (let i = 1; i < pieces.length; i += 2) {
    if (options.some(o => o.name === pieces[i])) {
      values.set(pieces[i], pieces[i + 1].trim());
    }
  }
  if (values.size === 0 && rest.trim() !== '' && options.length > 0) {
    values.set(options[0].name, rest.trimStart());
  }
  return values;
}

/** The value as the platform sends it, or a sentence on what is wrong. */
export function check(option, text, chosen) {
  const value = chosen ?? text.trim();
  if (value === '') {
    return option.required ? { fault: `“${option.name}” is needed.` } : { absent: true };
  }
  if (option.type === 4 || option.type === 10) {
    return checkNumber(option, value);
  }
  if (option.type === 5) {
    return /^(true|false)$/i.test(value) ? { value: /true/i.test(value) } : { fault: `“${option.name}” is True or False.` };
  }
  if ((option.type >= 6 && option.type <= 9 || option.choices?.length > 0) && chosen === null) {
    return { fault: `Choose “${option.name}” from the list.` };
  }
  return { value };
}

function checkNumber(option, text) {
  const number = Number(text);
  const low = option.min_value ?? -Infinity;
  const high = option.max_value ?? Infinity;
  if (!Number.isFinite(number) || (option.type === 4 && !Number.isInteger(number))) {
    return { fault: `“${option.name}” is a ${KINDS[option.type]}.` };
  }
  return number < low || number > high ? { fault: `“${option.name}” is from ${low} to ${high}.` } : { value: number };
}
