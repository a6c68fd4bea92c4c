import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../../checks/run-command-line.ts';
import { processesMentioning, type RunningDemo, startDemo } from '../../../checks/run-gate.ts';
import { temporaryFolders } from '../../../setup/temporary-folders.ts';
import { main } from '../../cli/main.ts';
import { packageRoot } from '../../lib/package-root.ts';
import { realShell } from '../../lib/shell.ts';
import type { RollbackLog } from './log.ts';
import { type RecordingTools, recordingTools } from './recording-tools.fixture.ts';

const newFolder = temporaryFolders();
let demo: RunningDemo;
let noGoRun: string;
let folder: string;
let tools: RecordingTools;
let configs = 0;

const undoApi = 'kubectl rollout undo deployment/api';
const deployPage = 'gh workflow run deploy.yml -f ref=v1';
const steps = [
  {
    title: 'API back',
    layer: 'backend',
    command: undoApi,
    settles: { within: '2s' },
    proves: ['health.diff-answers'],
  },
  {
    title: 'Page back',
    layer: 'frontend',
    command: deployPage,
    settles: { at: '{web}/config.json', shows: 'apiUrl', within: '2s' },
  },
].map((step) => ({ ...step, timeout: '2s', verify: 'look', reversible: { note: 'yes', undo: 'forward' } }));

/** The shipped configuration with a criterion that is soon decided on any machine, one that loads, and these steps back. */
function configWith(rollbackSteps: readonly object[] = steps): string {
  const file = join(folder, `rampgate.config.${configs++}.mjs`);
  const shippedFile = JSON.stringify(join(packageRoot, 'rampgate.config.ts'));
  writeFileSync(
    file,
    `import shipped from ${shippedFile};
const { drill, reporting, ...rest } = shipped;
const criteria = shipped.criteria.filter(({ id }) => id === 'health.diff-answers' || id === 'diff.error-rate');
const rollback = { proveWith: 'after-rollback', steps: ${JSON.stringify(rollbackSteps)} };
const profiles = { 'pre-ramp': { without: { 'diff.error-rate': 'a busy machine decides it late' } }, 'after-rollback': {} };
export default { ...rest, profiles, criteria, targets: { demo: { ...shipped.targets.demo, rollback } } };
`,
  );
  return file;
}

const at = () => ['--web', demo.web, '--api', demo.api] as const;

async function gate(config: string): Promise<{ readonly verdict: string; readonly run: string; readonly id: string }> {
  const out = newFolder();
  const { out: json } = await run('gate', '--config', config, '--out', out, '--json', ...at());
  const { verdict, run: identity } = JSON.parse(json);
  return { verdict, run: join(out, identity.id), id: identity.id };
}

beforeAll(async () => {
  demo = await startDemo('fast-failures');
  folder = newFolder();
  const red = await gate(configWith());
  if (red.verdict !== 'no-go') throw new Error(`the faulty demo is ${red.verdict}`);
  noGoRun = red.run;
});
afterAll(() => demo.stop());

beforeEach(() => {
  folder = newFolder();
  tools = recordingTools(folder, 'kubectl', 'gh');
});
afterEach(() => tools.release());

const execute = (...args: readonly string[]) =>
  run('rollback', '--execute', '--scope', 'both', '--yes', 'demo', '--out', folder, '--json', ...at(), ...args);

async function executed(config = configWith()): Promise<{ readonly exitCode: number; readonly log: RollbackLog }> {
  const { exitCode, out, err } = await execute('--config', config);
  if (out === '') throw new Error(err);
  const log: RollbackLog = JSON.parse(out);
  const kept = join(folder, 'rollbacks', log.id, 'log.json');
  expect(JSON.parse(readFileSync(kept, 'utf8'))).toEqual(log);
  return { exitCode, log };
}

describe('rampgate rollback --execute', () => {
  it('catches a command that says it worked and did nothing, and does not come to the next', async () => {
    const { exitCode, log } = await executed();
    expect(exitCode).toBe(1);
    expect(log).toMatchObject({
      outcome: 'stopped',
      because: expect.stringContaining('health.diff-answers is violated'),
    });
    const [api, page] = log.steps;
    expect(api).toMatchObject({ state: 'not-verified', settled: { ok: true }, proof: { verdict: 'no-go' } });
    expect(page).toMatchObject({ state: 'not-run' });
    expect(tools.asked()).toEqual([undoApi]);
    // What it was proved with is beside the log.
    const proof = join(folder, 'rollbacks', log.id, api?.proof?.run ?? 'none', 'gate.json');
    expect(JSON.parse(readFileSync(proof, 'utf8'))).toMatchObject({
      verdict: 'no-go',
      run: { profile: 'after-rollback' },
    });
  });

  it('stops at a command that fails, with what it said, and says how to take it back', async () => {
    tools.when('kubectl', '*', 'echo "rolling"; echo "error: forbidden" >&2; exit 1');
    const { exitCode, log } = await executed();
    expect(exitCode).toBe(1);
    expect(log.steps).toMatchObject([
      { state: 'failed', because: expect.stringMatching(/^exit 1 .*error: forbidden/) },
      { state: 'not-run' },
    ]);
    const output = readFileSync(join(folder, 'rollbacks', log.id, log.steps[0]?.output ?? ''), 'utf8');
    expect(output).toContain(`$ ${undoApi}`);
    expect(output).toContain('rolling');
    const { out } = await run(
      'rollback',
      '--execute',
      '--scope',
      'both',
      '--yes',
      'demo',
      '--out',
      folder,
      ...at(),
      '--config',
      configWith(),
    );
    expect(out).toContain('STOPPED');
    expect(out).toContain('To take "API back" back:\n  $ forward');
  });

  it('tells the channels of the configuration what came of it, and does the same when none hears it', async () => {
    const bodies: string[] = [];
    const channel = createServer((request, response) => {
      request.setEncoding('utf8').on('data', (text: string) => bodies.push(text));
      request.on('end', () => response.writeHead(400).end('invalid_blocks'));
    });
    await new Promise<void>((resolve) => channel.listen(0, '127.0.0.1', resolve));
    process.env['TEST_CHANNEL'] = `http://127.0.0.1:${(channel.address() as AddressInfo).port}/`;
    tools.when('kubectl', '*', 'exit 1');
    const config = configWith();
    const notify = `notify: { channels: { ops: { json: { env: 'TEST_CHANNEL' } } } }`;
    writeFileSync(config, readFileSync(config, 'utf8').replace('export default {', `export default { ${notify},`));
    const { exitCode, err } = await execute('--config', config);
    channel.close();
    delete process.env['TEST_CHANNEL'];
    expect(exitCode).toBe(1);
    expect(JSON.parse(bodies.join(''))).toMatchObject({ event: 'rollback', verdict: 'no-go', topic: 'demo' });
    expect(bodies.join('')).toContain('API back');
    expect(err.replaceAll(/\s+/g, ' ')).toContain('rollback demo, because it refused (400: invalid_blocks)');
  });

  it('ends a command that hangs, and says that it may have acted in part', async () => {
    tools.when('kubectl', '*', 'sleep 34.74');
    const { exitCode, log } = await executed();
    expect(exitCode).toBe(1);
    expect(log.steps[0]).toMatchObject({ state: 'failed', because: expect.stringContaining('its time limit') });
    expect(log.steps[0]?.because).toContain('may have acted in part');
    expect(processesMentioning('sleep 34.74')).toEqual([]);
  });

  it('stops where the address that tells does not answer as it should', async () => {
    const asked = steps.map((step) => ({
      ...step,
      settles: { at: '{origin}/health', within: '1s', shows: 'version 2' },
    }));
    const { log } = await executed(configWith(asked));
    expect(log.steps[0]).toMatchObject({ state: 'not-verified', settled: { ok: false } });
    expect(log.steps[0]?.because).toContain('the answer does not have "version 2" in it');
    expect(log.steps[0]).not.toHaveProperty('proof');
  });

  it('takes a watch that raised an alert for what it belongs to, in whose folder it is kept', async () => {
    const watch = join(folder, 'watches', 'w1');
    mkdirSync(watch, { recursive: true });
    const target = { name: 'demo', web: demo.web, api: demo.api, release: 'r2' };
    const alert = { id: 'diff.error-rate', scope: 'backend' };
    const head = { id: 'w1', startedAt: '2026-11-28T03:00:00.000Z', target };
    const saved = { schemaVersion: 1, watch: head, alerts: [alert], findings: [] };
    const watched = (because: readonly string[]) =>
      writeFileSync(join(watch, 'watch.json'), JSON.stringify({ ...saved, rollback: { because } }));
    const back = () => run('rollback', watch, '--execute', '--yes', 'w1', '--config', configWith(), '--out', folder);
    watched([]);
    expect(await back()).toMatchObject({ exitCode: 3, err: expect.stringContaining('w1 is go') });
    watched(['diff.error-rate']);
    expect((await back()).exitCode).toBe(1);
    // Only the layer that the alert is about.
    expect(tools.asked()).toEqual([undoApi]);
    expect(readdirSync(join(watch, 'rollback'))).toHaveLength(1);
  });

  it('ends what runs when somebody interrupts, and comes to no further step', async () => {
    tools.when('kubectl', '*', 'echo begun; sleep 36.76');
    let interrupt = (_signal: string): void => undefined;
    let out = '';
    const shell = {
      ...realShell(),
      cwd: packageRoot,
      out: (text: string) => {
        out += text;
      },
      err: (text: string) => {
        if (text.includes('| begun')) interrupt('SIGINT');
      },
      onInterrupt: (callback: (signal: string) => void) => {
        interrupt = callback;
        return () => undefined;
      },
    };
    const slow = steps.map((step) => ({ ...step, timeout: '50s' }));
    const args = ['rollback', '--execute', '--scope', 'both', '--yes', 'demo', '--json', '--out', folder, ...at()];
    expect(await main([...args, '--config', configWith(slow)], shell)).toBe(130);
    expect(JSON.parse(out)).toMatchObject({
      outcome: 'interrupted',
      steps: [{ state: 'failed' }, { state: 'not-run' }],
    });
    expect(processesMentioning('sleep 36.76')).toEqual([]);
  });

  it.each([
    ['without a run or a scope', ['--execute', '--yes', 'x'], '--execute needs to know what it is for'],
    ['with another id typed', ['--execute', '--scope', 'both', '--yes', 'production'], 'this is about demo'],
    ['with nobody to ask', ['--execute', '--scope', 'both'], 'nobody sits at a terminal'],
    [
      'where nobody says where the target is',
      ['--execute', '--scope', 'both', '--yes', 'demo'],
      'does not say where demo is',
    ],
  ])('runs nothing %s', async (_, args, message) => {
    const places = message.includes('does not say') ? [] : at();
    const { exitCode, err } = await run('rollback', ...args, ...places, '--config', configWith(), '--out', folder);
    expect(exitCode).toBe(3);
    expect(err).toContain(message);
    expect(tools.asked()).toEqual([]);
    expect(readdirSync(folder)).not.toContain('rollbacks');
  });

  it('runs nothing where nothing tells whether a step worked: an address may have answered before it', async () => {
    const blind = configWith([{ ...steps[1], settles: { within: '2s' } }]);
    const said = ['--execute', '--scope', 'frontend', '--yes', 'demo', ...at(), '--config', blind, '--out', folder];
    const { exitCode, err } = await run('rollback', ...said);
    expect(exitCode).toBe(3);
    expect(err).toContain('nothing says how to see that "Page back" worked');
    expect(tools.asked()).toEqual([]);
  });

  it('runs nothing on a host that may not be loaded, though a step is proved by load', async () => {
    const elsewhere = ['--web', 'http://shop.example', '--api', 'http://shop.example/api'];
    const loading = configWith([{ ...steps[0], proves: ['diff.error-rate'] }]);
    const { exitCode, err } = await run(
      'rollback',
      '--execute',
      '--scope',
      'backend',
      '--yes',
      'demo',
      ...elsewhere,
      '--config',
      loading,
      '--out',
      folder,
    );
    expect(exitCode).toBe(3);
    expect(err).toContain('shop.example is not on this machine');
    expect(tools.asked()).toEqual([]);
  });

  it('asks before each step, and leaves what somebody says no to', async () => {
    const questions: string[] = [];
    const answers = ['s', 'no'];
    const shell = {
      ...realShell(),
      cwd: packageRoot,
      out: () => undefined,
      err: () => undefined,
      ask: async (question: string) => {
        questions.push(question);
        return answers.shift() ?? null;
      },
    };
    const args = ['rollback', '--execute', '--scope', 'both', '--out', folder, '--config', configWith(), ...at()];
    expect(await main(args, shell)).toBe(2);
    expect(questions).toHaveLength(2);
    expect(tools.asked()).toEqual([]);
    const [id = ''] = readdirSync(join(folder, 'rollbacks'));
    const log: RollbackLog = JSON.parse(readFileSync(join(folder, 'rollbacks', id, 'log.json'), 'utf8'));
    expect(log).toMatchObject({
      outcome: 'left',
      confirmed: 'asked',
      steps: [{ state: 'skipped' }, { state: 'declined' }],
    });
  });
});

describe('a no-go run, and the demo that is rolled back', () => {
  const operate = (what: string) => `node ${packageRoot}/bin/rampgate.mjs demo operate ${what} --api ${demo.api}`;
  const backend = steps.slice(0, 1).map((step) => ({ ...step, timeout: '50s', settles: { within: '10s' } }));

  it('is rolled back by what it belongs to: from red to green, once', async () => {
    const config = configWith(backend);
    const id = noGoRun.split('/').at(-1) ?? '';
    const back = (...args: readonly string[]) =>
      run('rollback', noGoRun, '--execute', '--yes', id, '--config', config, '--out', folder, ...args);

    // A step that ran and was not seen to work is not run a second time without a person.
    const lied = await back();
    expect(lied.exitCode).toBe(1);
    const again = await back();
    expect(again.exitCode).toBe(2);
    expect(again.out.replaceAll(/\s+/g, ' ')).toContain('a second time it may go forward again');
    expect(tools.asked()).toEqual([undoApi]);

    // Asked, a person may say yes; now kubectl does what it says.
    tools.when('kubectl', '"rollout undo"*', operate('undo backend'));
    const asked = {
      ...realShell(),
      cwd: packageRoot,
      out: () => undefined,
      err: () => undefined,
      ask: async () => 'y',
    };
    const args = ['rollback', noGoRun, '--execute', '--config', config, '--out', folder];
    expect(await main(args, asked)).toBe(0);
    const green = await gate(config);
    expect(green.verdict).toBe('go');

    // What was done and verified is not done again.
    const third = await back();
    expect(third.exitCode).toBe(0);
    expect(third.out).toContain('done before: API back');
    expect(tools.asked()).toEqual([undoApi, undoApi]);
    const logs = readdirSync(join(noGoRun, 'rollback')).map(
      (name): RollbackLog => JSON.parse(readFileSync(join(noGoRun, 'rollback', name, 'log.json'), 'utf8')),
    );
    expect(new Set(logs.map(({ outcome }) => outcome))).toEqual(new Set(['stopped', 'left', 'done']));
    expect(logs.map(({ run: of }) => of)).toEqual([id, id, id, id]);

    // What it came to is written for people, once.
    expect(await run('incident', noGoRun)).toMatchObject({ exitCode: 0, out: expect.stringContaining('incident.md') });
    const document = readFileSync(join(noGoRun, 'incident.md'), 'utf8');
    expect(document).toContain('### `health.diff-answers`');
    expect(document.match(/Rolling back ended/g)).toHaveLength(4);
    expect(document).toMatch(/\*\*verified\*\* API back[\s\S]*\[what was measured after it\]/);
    expect(await run('incident', noGoRun)).toMatchObject({
      exitCode: 3,
      err: expect.stringContaining('is there already'),
    });
    expect(await run('incident', green.run)).toMatchObject({
      exitCode: 3,
      err: expect.stringContaining('no incident'),
    });

    // A run that is go has no rollback plan.
    const nothing = await run(
      'rollback',
      green.run,
      '--execute',
      '--yes',
      green.id,
      '--config',
      config,
      '--out',
      folder,
    );
    expect(nothing).toMatchObject({
      exitCode: 3,
      err: expect.stringContaining('is go, and only a no-go has a rollback plan'),
    });
  });
});
