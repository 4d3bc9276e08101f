// What the page asks of the server. A refusal becomes an Error whose message can be shown as it is.

export const world = () => get('/page/world');
export const samples = () => get('/page/samples');
export const happened = () => get('/page/happened');
export const sendToWire = text => post('/page/wire', { text });

export const discord = {
  command: body => post('/page/discord/command', body),
  autocomplete: (body, signal) => post('/page/discord/autocomplete', body, signal),
  component: body => post('/page/discord/component', body),
  modal: body => post('/page/discord/modal', body),
  context: body => post('/page/discord/context', body),
  say: body => post('/page/discord/say', body),
  webhook: body => post('/page/discord/webhook', body),
  order: body => post('/control/discord/order', body),
  journal: () => get('/control/journal?platform=discord&last=60'),
};

export const slack = {
  command: body => post('/page/slack/command', body),
  action: body => post('/page/slack/action', body),
  options: (body, signal) => post('/page/slack/options', body, signal),
  submit: body => post('/page/slack/view-submit', body),
  fill: body => post('/page/slack/view-fill', body),
  close: body => post('/page/slack/view-close', body),
  say: body => post('/page/slack/say', body),
  shortcut: body => post('/page/slack/shortcut', body),
  home: body => post('/page/slack/home', body),
  fault: body => post('/page/slack/fault', body),
  journal: () => get('/control/journal?platform=slack&last=500'),
};

async function get(path) {
  return read(await fetch(path, { cache: 'no-store' }));
}

async function post(path, body, signal) {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), signal };
  return read(await fetch(path, init).catch(e => {
    throw e.name === 'AbortError' ? e : new Error('The program does not answer. Is it still running?');
  }));
}

async function read(response) {
  const text = await response.text();
  const body = parse(text);
  if (!response.ok) {
    throw new Error(body?.error ?? `The program answered ${response.status}.`);
  }
  return body ?? {};
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
