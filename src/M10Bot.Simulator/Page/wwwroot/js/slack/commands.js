// What a person can type after /m10, from the command's usage hint.

/** `latest [topic] | subscribe <topic> [here|me] | channel add` → [{ words, rest }] */
export function subCommands(usageHint) {
  return outerParts(strip(usageHint ?? ''))
    .map(part => /^([a-z][\w-]*(?: [a-z][\w-]*)*)\s*(.*)$/i.exec(part.trim()))
    .filter(Boolean)
    .map(([, words, rest]) => ({ words, rest }));
}

// One pair of brackets round the whole hint says only that it may be left out.
function strip(hint) {
  const inside = /^\[(.*)\]$/.exec(hint.trim());
  return inside && !inside[1].includes(']') && !inside[1].includes('[') ? inside[1] : hint;
}

// Parted by | or , where these stand outside brackets.
function outerParts(hint) {
  const parts = [''];
  let depth = 0;
  for (const sign of hint) {
    depth += '[<('.includes(sign) ? 1 : '])>'.includes(sign) ? -1 : 0;
    if (depth === 0 && '|,·'.includes(sign)) {
      parts.push('');
    } else {
      parts[parts.length - 1] += sign;
    }
  }
  return parts;
}

/** What to offer for the text so far: commands, then sub-commands, and channels after a #. */
export function offers(world, text) {
  const hash = /(?:^|\s)#([\w-]*)$/.exec(text);
  if (hash && text.startsWith('/')) {
    return world.channels
      .filter(c => c.kind !== 'im' && c.name.startsWith(hash[1]))
      .map(c => ({ label: `#${c.name}`, detail: 'channel', text: `${text.slice(0, text.length - hash[1].length)}${c.name} ` }));
  }
  const command = (world.commands ?? []).find(c => text.toLowerCase().startsWith(`${c.command} `));
  if (!command) {
    return (world.commands ?? [])
      .filter(c => text.startsWith('/') && c.command.startsWith(text.toLowerCase()))
      .map(c => ({ label: c.command, detail: c.description, mark: c.usage_hint, text: `${c.command} ` }));
  }
  const typed = text.slice(command.command.length + 1).toLowerCase();
  return subCommands(command.usage_hint)
    .filter(s => s.words.startsWith(typed) && s.words !== typed)
    .map(s => ({ label: s.words, detail: s.rest, text: `${command.command} ${s.words} ` }));
}
