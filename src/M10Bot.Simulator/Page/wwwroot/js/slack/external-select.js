// A select whose options the app is asked for while a person types.

import { h } from '../dom.js';
import { Suggestions } from '../suggestions.js';

const PAUSE = 150;

/** `ask(block, element, typed)` answers with Slack's options; `act` as in blocks.js. Its choice is kept as { text, value } in the dataset. */
export function externalSelect(e, b, act, ask, mark) {
  const suggestions = new Suggestions(h('ul', { class: 'suggestions' }), e.placeholder?.text ?? 'Choices');
  const input = h('input', {
    type: 'text',
    class: 'select',
    placeholder: e.placeholder?.text ?? 'Type to find',
    'aria-label': mark.label ?? e.placeholder?.text ?? 'Type to find',
    value: e.initial_option?.text?.text ?? '',
    dataset: { action: mark.action, block: mark.block, type: mark.type, use: mark.action, chosen: e.initial_option ? JSON.stringify(e.initial_option) : '' },
  });
  let timer = 0;

  async function offer() {
    const typed = input.value;
    if (typed.length < (e.min_query_length ?? 3)) {
      suggestions.close();
      return;
    }
    const found = await ask(b, e, typed);
    if (found === null) {
      suggestions.show(input, [{ label: 'The options could not be loaded.', disabled: true }], () => {}, {});
      return;
    }
    if (document.activeElement === input && input.value === typed) {
      suggestions.show(input, found.length > 0 ? found.map(o => ({ label: o.text?.text ?? o.value, detail: o.description?.text, option: o })) : [{ label: 'Nothing found', disabled: true }], take, {});
    }
  }

  function take({ label, option }) {
    input.value = label;
    input.dataset.chosen = JSON.stringify(option);
    act?.(b, e, option.value);
  }

  suggestions.attach(input);
  input.addEventListener('input', () => {
    input.dataset.chosen = '';
    clearTimeout(timer);
    timer = setTimeout(offer, PAUSE);
  });
  input.addEventListener('focus', () => input.dataset.chosen === '' && offer());
  input.addEventListener('blur', () => suggestions.close());
  input.addEventListener('keydown', event => suggestions.key(event));
  return h('span', { class: 'external' }, input, suggestions.list);
}
