// The faces beside messages.

import { h } from './dom.js';

export const botAvatar = () => h('img', { class: 'avatar', src: '/icon.svg', alt: '', width: '40', height: '40' });

export const personAvatar = person => h('span', { class: 'avatar', 'aria-hidden': 'true', dataset: { face: person.key } }, person.name.slice(0, 1).toUpperCase());
