// Builds DOM nodes. Text only ever becomes a text node: nothing on this page parses HTML.

const SVG = 'http://www.w3.org/2000/svg';

/** h('button', { class: 'x', onclick }, 'text', node, [more]) */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    setProp(element, name, value);
  }
  element.append(...flat(children));
  return element;
}

export function fill(element, ...children) {
  element.replaceChildren(...flat(children));
  return element;
}

function setProp(element, name, value) {
  if (value === undefined || value === null || value === false) {
    return;
  }
  if (name.startsWith('on')) {
    element.addEventListener(name.slice(2), value);
  } else if (name === 'dataset') {
    Object.assign(element.dataset, value);
  } else if (name === 'value' || name === 'checked' || name === 'selected') {
    element[name] = value;
  } else {
    element.setAttribute(name, value === true ? '' : value);
  }
}

function flat(children) {
  return children.flat(Infinity).filter(c => c !== null && c !== undefined && c !== false && c !== '');
}

const PATHS = {
  hash: 'M9 3 7 21M17 3l-2 18M4 8.5h17M3 15.5h17',
  eye: 'M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12Zm10 3a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z',
  link: 'M14 4h6v6M20 4l-9 9M18 14v5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1h5',
  close: 'M6 6l12 12M18 6 6 18',
  send: 'M4 12 20 4l-5 16-4-7-7-1Z',
  down: 'M6 9l6 6 6-6',
  reply: 'M5 19v-6a5 5 0 0 1 5-5h9M15 4l4 4-4 4',
  at: 'M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0Zm0 0v1.5a2.5 2.5 0 0 0 5 0V12a9 9 0 1 0-4 7.5',
  more: 'M12 5h.01M12 12h.01M12 19h.01',
  gear: 'M12 15.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM12 2.5v3M12 18.5v3M2.5 12h3M18.5 12h3M5.3 5.3l2.1 2.1M16.6 16.6l2.1 2.1M18.7 5.3l-2.1 2.1M7.4 16.6l-2.1 2.1',
  bolt: 'M13 2 5 14h6l-1 8 8-12h-6z',
  check: 'M5 12l5 5L20 7',
  megaphone: 'M4 10v4h3l8 4V6L7 10H4ZM18.5 9.5a3.5 3.5 0 0 1 0 5M8 14.5V19h3v-3',
  forum: 'M4 5h12v8H9l-3 3v-3H4zM18 9h2v8h-2v3l-3-3h-4v-2',
  thread: 'M4 5h16v11h-8l-4 4v-4H4z',
  back: 'M15 6l-6 6 6 6',
  image: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9.5h.01',
};

/** A line icon, hidden from screen readers: the words beside it say it. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', `icon icon-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}

/** A link to the outside, or the plain label where the address is no http(s) address. */
export function outLink(address, ...label) {
  return isWeb(address)
    ? h('a', { href: address, rel: 'noreferrer', target: '_blank' }, ...label)
    : h('span', {}, ...label);
}

export function isWeb(address) {
  try {
    return ['http:', 'https:'].includes(new URL(address).protocol);
  } catch {
    return false;
  }
}

/** Shows a modal dialog and takes it away again; the keyboard goes back to where it was. */
export function showDialog(dialog) {
  const before = document.activeElement;
  dialog.addEventListener('close', () => {
    dialog.remove();
    before?.blur(); // else Chromium shows the focus there and takes no keys
    before?.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}

let counter = 0;
export const newId = prefix => `${prefix}-${++counter}`;

/** Puts a message's link into the clipboard; where the browser forbids that, into sight. */
export function copyLink(link) {
  const shown = () => notice(link);
  navigator.clipboard ? navigator.clipboard.writeText(link).then(() => notice('Link copied'), shown) : shown();
}

/** One line at the page's foot that goes by itself; read aloud politely. */
export function notice(text, kind = 'plain') {
  const line = h('p', { class: `notice ${kind}` }, text);
  document.getElementById('notices').append(line);
  setTimeout(() => line.remove(), 6000);
}
