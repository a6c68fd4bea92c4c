/** A source that nobody has thought of yet is added by its folder and its place in the registry, and by nothing else. */
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyOfProject, removeCopies } from './broken-copy.ts';
import { projectRoot } from './run-gate.ts';

const run = promisify(execFile);

const source = `/** Made up: how many storms a file tells of. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Evidence } from '../../model/evidence.ts';
import { samplingTask } from '../sampling.ts';
import { describeSource } from '../source.ts';

const keys = {
  rollout: { weather: z.record(z.string(), z.strictObject({ file: z.string() })).default({}) },
  target: {},
  profile: {},
};

interface Rollout {
  readonly weather: Readonly<Record<string, { readonly file: string }>>;
}

interface Station {
  readonly name: string;
  readonly file: string;
}

interface Asked {
  readonly weather: readonly Station[];
}

function read({ name, file }: Station, at: Date): Evidence {
  const times = { probe: \`weather-\${name}\`, startedAt: at.toISOString(), finishedAt: at.toISOString() };
  const { storms }: { storms: number } = JSON.parse(readFileSync(file, 'utf8'));
  const counted = { count: storms, exposures: 10, exposedTo: 'days', seen: [] };
  return {
    ...times,
    status: 'collected',
    measurements: [{ kind: 'occurrences', sli: 'weather.storms', unit: 'count', how: 'as the file says', ...counted }],
    facts: {},
    tools: {},
    attachments: [],
    qualityIssues: [],
  };
}

export const weather = describeSource<typeof keys, Rollout, object, object, Asked>({
  kind: 'weather',
  from: ['weather:<station>'],
  keys,
  names: (rollout) => Object.keys(rollout.weather),
  contradictions: () => [],
  ask: ({ rollout, from }) => ({
    weather: Object.entries(rollout.weather)
      .map(([name, { file }]) => ({ name, file }))
      .filter(({ name }) => from.has(\`weather:\${name}\`)),
  }),
  nothing: { weather: [] },
  evidence: (asked) => asked.weather.map(({ name }) => \`weather-\${name}\`),
  probes: (policy, { shell }) =>
    policy.weather.map((one) => ({
      title: \`Look at the sky over \${one.name}\`,
      phase: 'read',
      brings: [\`weather-\${one.name}\`],
      run: () => Promise.resolve([read(one, shell.now())]),
    })),
  watch: {
    turn: 8,
    tasks: (policy, options) =>
      policy.weather.map((one) =>
        samplingTask(\`weather-\${one.name}\`, options, () => Promise.resolve(read(one, options.shell.now()))),
      ),
  },
  examine: (policy) =>
    Promise.resolve(policy.weather.map(({ name, file }) => ({ what: \`weather \${name}\`, state: 'ready', found: file }))),
});
`;

const config = `import shipped from './rampgate.config.ts';

export default {
  ...shipped,
  weather: { harbour: { file: 'weather.json' } },
  criteria: [
    ...shipped.criteria,
    {
      id: 'weather.storms',
      title: 'Storms over the harbour',
      scope: 'either',
      from: 'weather:harbour',
      statistic: 'count',
      limit: '<= 0',
      minSamples: 10,
      rationale: 'Nobody ramps in a storm.',
      advice: 'Wait.',
      checklist: [],
    },
  ],
};
`;

const sampleOnce = `
import { choosePolicy } from './harness/config/choose-policy.ts';
import { loadConfig } from './harness/config/load-config.ts';
import { samplingTasks } from './harness/features/watch/sampling/tasks.ts';
const { rollout, hash } = await loadConfig('weather.config.ts');
const policy = choosePolicy(rollout, hash, { profile: 'watch', only: ['weather.storms'] });
const tasks = samplingTasks(policy, new Map([['weather-harbour', 60000]]), { shell: { now: () => new Date(0) } });
const brought = await Promise.all(tasks.map((task) => task.sample(0)));
console.log(JSON.stringify({ tasks: tasks.map(({ sources, everyMs }) => ({ sources, everyMs })), brought: brought.flat() }));
`;

describe('a made-up source', () => {
  const copy = copyOfProject();
  let server: Server;
  let address = '';

  beforeAll(async () => {
    mkdirSync(join(copy, 'harness/sources/weather'));
    writeFileSync(join(copy, 'harness/sources/weather/source.ts'), source);
    writeFileSync(join(copy, 'weather.config.ts'), config);
    writeFileSync(join(copy, 'weather.json'), '{ "storms": 2 }');
    const registry = join(copy, 'harness/sources/registry.ts');
    const before = readFileSync(registry, 'utf8');
    const after = before
      .replace(/(?=import \{ sentry \})/, "import { weather } from './weather/source.ts';\n")
      .replace(/\blogs\] as const/, 'logs, weather] as const');
    if (after === before) throw new Error('the registry has another form than this test knows');
    writeFileSync(registry, after);
    server = createServer((_request, response) => response.end('up'));
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(() => {
    server.close();
    removeCopies();
  });

  const at = (): readonly string[] => ['--web', address, '--api', address];
  const rampgate = (command: string, ...args: readonly string[]) =>
    run(
      process.execPath,
      ['harness/cli.ts', command, '--config', 'weather.config.ts', '--only', 'weather.storms', ...at(), ...args],
      { cwd: copy, env: { PATH: process.env['PATH'] ?? '', HOME: copy } },
    ).then(
      ({ stdout }) => ({ code: 0, stdout }),
      (error: { code: number; stdout: string }) => ({ code: error.code, stdout: error.stdout }),
    );

  it('touches its folder, and its import and its place in the registry', () => {
    const linesOf = (root: string, path: string): string[] =>
      existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8').split('\n') : [];
    const added = readdirSync(join(copy, 'harness'), { recursive: true, encoding: 'utf8' })
      .map((name) => `harness/${name}`)
      .filter((path) => path.endsWith('.ts'))
      .map((path) => {
        const before = new Set(linesOf(projectRoot, path));
        return { path, lines: linesOf(copy, path).filter((line) => !before.has(line)).length };
      })
      .filter(({ lines }) => lines > 0);
    expect(added).toEqual([
      { path: 'harness/sources/registry.ts', lines: 2 },
      { path: 'harness/sources/weather/source.ts', lines: expect.any(Number) },
    ]);
  });

  it('is configured, collected and judged by a gate', async () => {
    const { code, stdout } = await rampgate('gate', '--out', 'out', '--json');
    const { findings } = JSON.parse(stdout);
    expect(findings).toMatchObject([
      {
        criterion: 'weather.storms',
        outcome: 'fail',
        observed: { value: 2 },
        evidence: ['evidence/weather-harbour.json'],
      },
    ]);
    expect(code).toBe(1);
  });

  it('is examined by the doctor', async () => {
    const { stdout } = await rampgate('doctor');
    expect(stdout).toMatch(/ready\s+weather harbour: weather\.json/);
  });

  it('is sampled by a watch', async () => {
    const { stdout } = await run(process.execPath, ['--input-type=module-typescript', '--eval', sampleOnce], {
      cwd: copy,
    });
    expect(JSON.parse(stdout)).toMatchObject({
      tasks: [{ sources: ['weather-harbour'], everyMs: 60_000 }],
      brought: [{ probe: 'weather-harbour', measurements: [{ sli: 'weather.storms', count: 2 }] }],
    });
  });

  it('is a mistake in the configuration where it is misspelt', async () => {
    const misspelt = config.replace("'weather:harbour'", "'weather:harbor'");
    writeFileSync(join(copy, 'misspelt.config.ts'), misspelt);
    const { code } = await rampgate('gate', '--config', 'misspelt.config.ts');
    expect(code).toBe(3);
  });

  it('has types that hold, also where policies are chosen', () => {
    const include = ['harness/sources/weather', 'harness/config/choose-policy.ts'];
    writeFileSync(join(copy, 'tsconfig.weather.json'), JSON.stringify({ extends: './tsconfig.json', include }));
    const tsc = join(projectRoot, 'node_modules/typescript/lib/tsc.js');
    execFileSync(process.execPath, [tsc, '-p', 'tsconfig.weather.json'], { cwd: copy, encoding: 'utf8' });
  });
});
