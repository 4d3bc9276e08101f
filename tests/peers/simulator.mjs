// A simulator of its own for one test file, and what a test may order of it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const built = fileURLToPath(new URL('../../artifacts/bin/M10Bot.Simulator.Host/debug/M10Bot.Simulator.Host.dll', import.meta.url));

/** A manifest with everything the simulated Slack knows. */
export const fullManifest = fileURLToPath(new URL('../M10Bot.Simulator.Tests/Slack/full-manifest.json', import.meta.url));

/** Starts the simulator on a free port of loopback; `manifest` is the Slack app's, else the one that M10Bot ships. Ends with `stop()`, or with this process. */
export async function startSimulator({ manifest } = {}) {
  const dll = process.env.M10BOT_SIMULATOR ?? built;
  if (!existsSync(dll)) throw new Error(`${dll} is missing: dotnet build tests/M10Bot.Simulator.Host`);
  const child = spawn('dotnet', [dll, ...(manifest ? ['0', manifest] : [])], { stdio: ['pipe', 'pipe', 'inherit'] });
  const gone = new Promise(resolve => child.once('exit', resolve));
  const lines = createInterface({ input: child.stdout });
  const address = await new Promise((resolve, reject) => {
    lines.once('line', resolve);
    child.once('exit', code => reject(new Error(`the simulator ended with ${code}`)));
  });
  return new Simulator(address, async () => {
    child.stdin.end();
    await gone;
  });
}

class Simulator {
  /** Ids and tokens of the world that every simulator starts with. */
  botId = '1300000000000000001';
  guildId = '1300000000000000100';
  channelId = '1300000000000000201';
  discordToken = 'simulated-discord-token';
  slackBotToken = 'xoxb-simulated';
  slackAppToken = 'xapp-simulated';
  slackSigningSecret = 'simulated-signing-secret';

  constructor(address, stop) {
    this.address = address;
    this.stop = stop;
  }

  get discordApi() { return `${this.address}/api`; }
  get slackApi() { return `${this.address}/slack/api/`; }

  /** Moves the simulated clock on. */
  advance(seconds) { return this.post('/control/clock', { advance_seconds: seconds }); }

  /** The newest requests with their verdicts, oldest first. */
  async journal(platform, last = 100) {
    return (await this.get(`/control/journal?platform=${platform}&last=${last}`)).entries;
  }

  /** Acts as a person: `discord/command`, `discord/component`, `slack/…`, as the page does. */
  act(what, body) { return this.post(`/page/${what}`, body); }

  async get(path) { return read(await fetch(this.address + path)); }

  async post(path, body) {
    const headers = { 'content-type': 'application/json' };
    return read(await fetch(this.address + path, { method: 'POST', headers, body: JSON.stringify(body) }));
  }
}

async function read(response) {
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status} ${text}`);
  return text.length > 0 ? JSON.parse(text) : null;
}

/** Waits until `check` gives something true, for a machine that may be busy. */
export async function until(check, what = 'the condition', limit = 30_000) {
  for (const end = Date.now() + limit; Date.now() < end; await new Promise(r => setTimeout(r, 20))) {
    const found = await check();
    if (found) return found;
  }
  throw new Error(`${what} did not come about in ${limit / 1000} s`);
}
