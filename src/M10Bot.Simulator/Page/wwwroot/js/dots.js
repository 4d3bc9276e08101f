// The coloured circles that begin a kicker. Drawn here, as both platforms draw their own emoji: no font is needed.

import { h } from './dom.js';

const COLOURS = { '🔴': 'red', '🟠': 'orange', '🟡': 'yellow', '🟢': 'green', '🔵': 'blue', '⚫': 'black', '⚪': 'white' };
const CIRCLE = new RegExp(`(${Object.keys(COLOURS).join('|')})\\ufe0f?`, 'u');

/** Text as nodes, each circle an element of its own. */
export function withDots(text) {
  return text.split(CIRCLE).filter(p => p !== '').map(part =>
    COLOURS[part] ? h('span', { class: `dot ${COLOURS[part]}`, role: 'img', 'aria-label': `${COLOURS[part]} circle` }, part) : part);
}
