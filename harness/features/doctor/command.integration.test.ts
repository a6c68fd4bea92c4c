import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { run } from '../../../checks/run-command-line.ts';
import { startDemo } from '../../../demo/demo.ts';
import { localServers } from '../../../setup/local-servers.ts';
import { packageRoot } from '../../lib/package-root.ts';

const folder = mkdtempSync(join(tmpdir(), 'rampgate-doctor-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const serve = localServers();

interface Rollout {
  /** Ids of the criteria; none of them is of a time, so that nothing need be calibrated. */
  readonly criteria?: readonly string[];
  /** More of the target, as it stands in the configuration. */
  readonly target?: object;
  /** More of the rollout. */
  readonly rollout?: object;
}

/** The shipped rollout on a target where one address is all there is. */
function configFor(
  url: string,
  { criteria = ['diff.cache-hit-rate'], target = {}, rollout = {} }: Rollout = {},
): string {
  // A module that was loaded once is not read again.
  const file = join(folder, `${randomUUID()}.config.mjs`);
  const staging = { web: url, api: url, ...target };
  writeFileSync(
    file,
    `import shipped from ${JSON.stringify(join(packageRoot, 'rampgate.config.ts'))};
const { demo } = shipped.targets;
const mix = () => Promise.resolve([{ name: 'all', share: 1, requests: [{ path: '/items' }] }]);
export default {
  ...shipped,
  defaultTarget: 'staging',
  targets: { staging: { artifacts: demo.artifacts, ...${JSON.stringify(staging)} } },
  profiles: { 'pre-ramp': {} },
  reporting: undefined,
  checklists: undefined,
  load: { ...shipped.load, diff: { ...shipped.load.diff, expectBody: 'items', mix } },
  criteria: shipped.criteria.filter(({ id }) => ${JSON.stringify(criteria)}.includes(id)),
  ...${JSON.stringify(rollout)},
};
`,
  );
  return file;
}

const good: RequestListener = ({ url }, response) => {
  if (url === '/health') response.end('{"status":"healthy","version":"v9"}');
  else if (url === '/openapi.json') response.end('{"openapi":"3.1.0","paths":{}}');
  else response.setHeader('X-Cache', 'MISS').end('{"items":[]}');
};

/** One state on one line, however it is wrapped. */
function stateOf(out: string, what: string): string | undefined {
  const unwrapped = out.replaceAll(/\n {18}(?=\S)/g, ' ');
  return new RegExp(`^  (.*?)  +${what}: (.*)$`, 'm').exec(unwrapped)?.slice(1).join(': ');
}

describe('rampgate doctor', () => {
  it('says whether there is a baseline to compare with, and whether the store answers', async () => {
    const criteria = ['diff.vs-baseline'];
    const url = await serve(good);
    const { out } = await run('doctor', '--config', configFor(url, { criteria }));
    expect(stateOf(out, 'diff\\.vs-baseline')).toMatch(/^missing: .*baseline accept RUN/);
    const rollout = { store: 'postgres://rampgate@127.0.0.1:1/x' };
    const shared = await run('doctor', '--config', configFor(url, { criteria, rollout }));
    expect(stateOf(shared.out, 'diff\\.vs-baseline')).toMatch(/^not ready: the store does not answer/);
    expect(shared.exitCode).toBe(2);
  });

  it('says that all is ready, in 80 columns', async () => {
    const { exitCode, out } = await run('doctor', '--config', configFor(await serve(good)));
    expect(stateOf(out, 'Rampgate')).toMatch(/^ready: .*Node v24/);
    expect(stateOf(out, 'browser')).toBe('not needed: no criterion of this profile visits a page.');
    expect(stateOf(out, 'addresses')).toMatch(/^ready: http:\/\/127/);
    expect(stateOf(out, 'health')).toBe('ready: /health answers 200: healthy, v9.');
    expect(stateOf(out, 'load diff')).toBe('ready: 50/s for 30 s: 1 × all.');
    expect(out.trimEnd().split('\n').at(-1)).toBe('Fit to measure.');
    for (const line of out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(exitCode).toBe(0);
  });

  it.each<[string, RequestListener, RegExp]>([
    ['fails', (_request, response) => response.writeHead(503).end(), /"all" answered 503 to GET \/items/],
    ['answers something else', (_request, response) => response.end('<html>'), /without "items"/],
    ['has no cache header', (_request, response) => response.end('{"items":[]}'), /without the header X-Cache/],
  ])('names a load that could tell nothing, because the target %s', async (_name, answer, text) => {
    const { exitCode, out } = await run('doctor', '--config', configFor(await serve(answer)));
    expect(stateOf(out, 'load diff')).toMatch(/^not ready: /);
    expect(stateOf(out, 'load diff')).toMatch(text);
    expect(out.trimEnd().split('\n').at(-1)).toMatch(/^Not fit to measure: .*load diff\.$/);
    expect(exitCode).toBe(2);
  });

  it('says how to go on where nobody answers, and looks at what needs no target all the same', async () => {
    const criteria = ['diff.error-rate', 'contract.openapi', 'checklist.pre-deploy'];
    const { exitCode, out } = await run('doctor', '--config', configFor('http://127.0.0.1:9', { criteria }));
    expect(stateOf(out, 'addresses')).toMatch(
      /^not ready: Nothing answers at http:\/\/127\.0\.0\.1:9 \(web\).* To do: /,
    );
    expect(stateOf(out, 'checks contract, load diff')).toBe('not known: needs the target, which does not answer.');
    expect(stateOf(out, 'commands pre-deploy')).toBeDefined();
    expect(exitCode).toBe(2);
  });

  it('knows which targets there are, and what an address is', async () => {
    const config = configFor(await serve(good));
    const unknown = await run('doctor', '--target', 'stagin', '--config', config);
    expect(unknown.err).toContain('There is no target called "stagin". Did you mean "staging"?');
    expect(unknown.exitCode).toBe(3);
    const bad = await run('doctor', '--web', 'staging', '--config', config);
    expect(bad.err).toContain('--web got "staging"');
    expect(bad.exitCode).toBe(3);
  });

  it('takes addresses, logs and criteria from the command line, as the gate does', async () => {
    const url = await serve(good);
    const log = join(folder, 'given.log');
    writeFileSync(log, `{"time":"${new Date().toISOString()}","message":"hello"}\n`);
    const config = configFor('http://127.0.0.1:9', { criteria: ['diff.error-rate', 'logs.timeouts'] });
    const args = ['--web', url, '--api', url, '--logs', `api=${log}`, '--only', 'logs.timeouts'];
    const { exitCode, out } = await run('doctor', '--config', config, ...args);
    expect(stateOf(out, 'log api')).toMatch(/^ready: last line .* old; 1 of 1 lines in its window\.$/);
    expect(stateOf(out, '.*diff\\.error-rate')).toBe('left out: left out by --only.');
    expect(exitCode).toBe(0);
  });
});

describe('what the doctor says of a target', () => {
  it.each<[string, number, string]>([
    ['is not up', 503, 'not ready: /health answers 503.'],
    ['has no such path', 404, 'not configured: /health is not there (404).'],
  ])('that %s', async (_name, status, said) => {
    const url = await serve((request, response) => {
      if (request.url === '/health') response.writeHead(status).end();
      else good(request, response);
    });
    const { out } = await run('doctor', '--config', configFor(url));
    expect(stateOf(out, 'health')).toBe(said);
  });

  it('that does not let its own pages ask', async () => {
    const [web, api] = [await serve(good), await serve(good)];
    const { exitCode, out } = await run('doctor', '--config', configFor(api, { target: { web } }));
    expect(stateOf(out, 'pages')).toMatch(new RegExp(`^not ready: the API does not let pages of ${web} ask. To do: `));
    expect(exitCode).toBe(2);
  });
});

describe('what the doctor says of a source', () => {
  it('that is blind: a log that is not there', async () => {
    const target = { logs: { api: { files: ['/nowhere/api.log'] } } };
    const config = configFor(await serve(good), { criteria: ['logs.timeouts'], target });
    const { exitCode, out } = await run('doctor', '--config', config);
    expect(stateOf(out, 'log api')).toMatch(
      /^blind: \/nowhere\/api\.log: there is no such file\. To do: .*targets\.staging\.logs.*--logs api=PATH/,
    );
    expect(out.trimEnd().split('\n').at(-1)).toBe('Not fit to measure: log api.');
    expect(exitCode).toBe(2);
  });

  it('that is blind: a log whose command is not there, or fails', async () => {
    const command = ['sh', '-c', 'echo not allowed >&2; exit 3; # and all the rest of a long, long command line'];
    const target = { logs: { api: { command } } };
    const { out } = await run(
      'doctor',
      '--config',
      configFor(await serve(good), { criteria: ['logs.timeouts'], target }),
    );
    expect(stateOf(out, 'log api')).toMatch(/^blind: sh -c .*… ended with exit code 3 \(not allowed\)\./);
  });

  it('that has no document to be held to', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/openapi.json') response.writeHead(404).end();
      else good(request, response);
    });
    const { exitCode, out } = await run('doctor', '--config', configFor(url, { criteria: ['contract.openapi'] }));
    expect(stateOf(out, 'checks contract')).toMatch(
      /^blind: no OpenAPI document at .* To do: .*targets\.staging\.openapi/,
    );
    expect(exitCode).toBe(2);
  });

  const sentry = (url: string, env: string) => ({
    url,
    organization: 'acme',
    project: 'web',
    environment: 'staging',
    dsn: 'https://key@sentry.example.com/1',
    token: { env },
  });

  it.each<[string, RequestListener, string | null, RegExp]>([
    ['whose token is not set', good, null, /^blind: the environment variable RAMPGATE_TEST_TOKEN is not set\. To do: /],
    [
      'that refuses the token',
      (_request, response) => response.writeHead(401).end(),
      'a-token-of-mine',
      /^blind: Sentry answered projects\/acme\/web\/ with 401: it does not accept the token\.$/,
    ],
    [
      'that answers',
      (request, response) => {
        if (request.headers.authorization !== 'Bearer a-token-of-mine') response.writeHead(401).end();
        else response.end('{"id":"1","slug":"web"}');
      },
      'a-token-of-mine',
      /^ready: http:\/\/127\.0\.0\.1:\d+ shows the project web\.$/,
    ],
  ])('a Sentry %s', async (_name, answer, token, said) => {
    const asked: string[] = [];
    const ingest = await serve((request, response) => {
      asked.push(`${request.method}`);
      answer(request, response);
    });
    const target = { sentry: sentry(ingest, 'RAMPGATE_TEST_TOKEN'), release: 'web@1' };
    if (token === null) delete process.env['RAMPGATE_TEST_TOKEN'];
    else process.env['RAMPGATE_TEST_TOKEN'] = token;
    const config = configFor(await serve(good), { criteria: ['sentry.new-issues', 'diff.error-rate'], target });
    const { out } = await run('doctor', '--config', config);
    delete process.env['RAMPGATE_TEST_TOKEN'];
    expect(stateOf(out, 'Sentry')).toMatch(said);
    // Nothing is planted.
    expect(asked).not.toContain('POST');
  });

  it('that does not show what it counts', async () => {
    const config = configFor(await serve(good), { criteria: ['metrics.diff-error-rate'] });
    const { exitCode, out } = await run('doctor', '--config', config);
    expect(stateOf(out, 'metrics api')).toMatch(/^blind: .*\/metrics\/ .* To do: .*targets\.staging\.metrics/);
    expect(exitCode).toBe(2);
  });

  it('a bundle without a baseline, or without a build', async () => {
    const bundle = { build: 'no-such-dist', baseline: 'no-such-baseline.json' };
    const config = configFor(await serve(good), { criteria: ['bundle.js-growth'], target: { bundle } });
    const { exitCode, out } = await run('doctor', '--config', config);
    expect(out).toMatch(/npx\s+rampgate\s+bundle\s+--target\s+staging\s+--save/);
    expect(out).toMatch(/^ {2}not ready +bundle: there is no folder no-such-dist\. To do: build it\.$/m);
    expect(exitCode).toBe(2);
  });

  it('tools that the commands and the rollback plan need', async () => {
    const each = [
      { title: 'There', run: ['sh', '-c', 'true'] },
      { title: 'Not there', run: 'no-such-tool --all | sh', advice: 'get it' },
      { title: 'No folder', run: 'sh x', in: 'no-such-folder', advice: 'clone it' },
    ];
    const step = { title: 'Back', layer: 'backend', command: 'no-such-ctl undo', verify: 'see' };
    const rollout = {
      commands: { 'pre-deploy': { title: 'ours', each } },
      rollback: { steps: [step] },
    };
    const config = configFor(await serve(good), { criteria: ['checklist.pre-deploy'], rollout });
    const { exitCode, out } = await run('doctor', '--config', config);
    expect(out).toMatch(/^ {2}ready +commands pre-deploy: found \/.*\/sh\.$/m);
    expect(out).toMatch(/^ {2}not ready +commands pre-deploy: not there: no-such-tool\. To do: get it\.$/m);
    expect(out).toMatch(/^ {2}not ready +commands pre-deploy: not there: folder no-such-folder\. To do:\s+clone it/m);
    expect(stateOf(out, 'rollback')).toMatch(/^missing: its commands need no-such-ctl, not on this machine/);
    expect(out.trimEnd().split('\n').at(-1)).toBe('Not fit to measure: commands pre-deploy.');
    expect(exitCode).toBe(2);
  });
});

describe('what the doctor says of what comes after', () => {
  it('is that a report could not be sent, which keeps nobody from measuring', async () => {
    const reporting = { sentry: { dsn: { env: 'RAMPGATE_TEST_DSN' }, profiles: ['pre-ramp'] } };
    const { exitCode, out } = await run('doctor', '--config', configFor(await serve(good), { rollout: { reporting } }));
    expect(stateOf(out, 'reports to Sentry')).toBe('missing: RAMPGATE_TEST_DSN is not set.');
    expect(exitCode).toBe(0);
  });
});

describe('the doctor on the target skillmeat', () => {
  it('explains what it would need where nothing is there', async () => {
    const only = [
      'contract.openapi',
      'diff.error-rate',
      'logs.timeouts',
      'checklist.pre-deploy',
      'diff.cache-hit-rate',
    ];
    const nowhere = ['--web', 'http://localhost:9', '--api', 'http://127.0.0.1:9/api/v1'];
    const { exitCode, out } = await run('doctor', '--target', 'skillmeat', ...nowhere, '--only', ...only);
    expect(stateOf(out, 'addresses')).toMatch(/^not ready: Nothing answers at http:\/\/localhost:9/);
    expect(stateOf(out, 'limiter')).toContain('distinct by _rampgate, and a visit begins every 1.2 s at most');
    expect(stateOf(out, 'log api')).toMatch(/^blind: .*docker/);
    expect(stateOf(out, 'checks contract, load diff')).toMatch(/^not known/);
    expect(stateOf(out, 'diff.cache-hit-rate')).toMatch(/^left out: SkillMeat caches no answer of \/diff/);
    for (const line of out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(exitCode).toBe(2);
  });

  it('finds it ready where it answers, in its own dialect', async () => {
    const { target, stop } = await startDemo({
      webPort: 0,
      apiPort: 0,
      faults: new Map(),
      sentryDsn: null,
      release: 'r@1',
      isCacheEnabled: true,
      conventions: 'skillmeat',
    });
    closing.push(stop);
    const place = ['--web', target.web, '--api', target.api, '--logs', `api=${target.logs.api}`];
    const only = [
      'contract.summary-mode',
      'diff.error-rate',
      'deployments.error-rate',
      'logs.timeouts',
      'metrics.diff-error-rate',
    ];
    const { exitCode, out } = await run('doctor', '--target', 'skillmeat', ...place, '--only', ...only);
    expect(stateOf(out, 'health')).toBe('ready: /health answers 200: healthy, r@1.');
    expect(stateOf(out, 'checks contract')).toMatch(/^ready: OpenAPI document at .*\/api\/v1\/openapi\.json\.$/);
    expect(stateOf(out, 'load deployments')).toMatch(/^ready: 50\/s for 28 s: 7 × lists\.$/);
    expect(stateOf(out, 'log api')).toMatch(/^ready: last line /);
    expect(stateOf(out, 'metrics api')).toMatch(/^ready: .*\/metrics\/\.$/);
    expect(exitCode).toBe(0);
  });
});
