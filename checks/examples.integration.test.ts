/**
 * Every shell example of the documents is run: here, or by the test that is named with it. What takes too long, or needs somebody's
 * network or screen, is listed with the reason. A line that stands nowhere below fails, and so does one that left the documents.
 * That the command line accepts each of them, checks/readme.test.ts checks.
 */
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { saveGateRun } from '../harness/gate/save-gate-run.fixture.ts';
import { brokenCopy, removeCopies } from './broken-copy.ts';
import { shellLines, wordsOf } from './documents.fixture.ts';
import { projectRoot } from './run-gate.ts';

/** A line of the documents, and the exit codes that it may have. */
type Example = readonly [line: string, exitCodes: readonly number[]];

/** Run here, in this order, where the latest run is an inconclusive one. */
const onInconclusiveRun: readonly Example[] = [
  ['npx rampgate report reports/latest', [0]],
  ['npx rampgate judge reports/latest', [2]],
  ['npx rampgate rollback', [0]],
  ['npx rampgate rollback reports/RUN --json', [0]],
  ['npx rampgate rollback --scope backend --target staging --web URL --api URL', [0]],
  ['npx rampgate rollback --check --target staging', [2]], // no kubectl here
  ['npx rampgate report reports/latest --format csv --out samples.csv', [0]],
  ['npx rampgate report reports/latest --format slack --link https://ci.example.com/42', [0]],
  ['npx rampgate report reports/latest --archive --out run.tar.gz', [0]],
  ['npx rampgate report run.tar.gz --verify', [0]],
  ['npx rampgate judge run.tar.gz', [2]],
  ['npx rampgate judge reports/latest --what-if stricter.config.ts', [2]],
  ['npx rampgate incident reports/RUN', [0]],
];

/** Run here after them, where the latest run is one of two that are go. */
const onTwoGoodRuns: readonly Example[] = [
  ['npx rampgate history', [0]],
  ['npx rampgate history cold-start.diff-visible', [0]],
  ['npx rampgate history --profile nightly', [0]],
  ['npx rampgate history --html reports/history.html', [0]],
  ['npx rampgate compare 20261123T141500Z-pre-ramp-7f3a latest', [0]],
  ['npx rampgate baseline accept latest --note "shipped as v0.3.1"', [0]],
  ['npx rampgate baseline list', [0]],
  ['npx rampgate baseline show', [0]],
  ['npx rampgate baseline reject 20261124T185121Z-pre-ramp-7f3a --note "measured while a backup ran"', [0]],
];

/** Run here, on no run at all. */
const onNoRun: readonly Example[] = [
  ['npx rampgate demo --list-faults', [0]],
  ['npx rampgate checklist deploy --dry-run', [0]],
  ['npx rampgate checklist pre-deploy --dry-run', [0]],
  ['npx rampgate load http://localhost:8080/api/items --rate 100 --for 30s', [0, 2]], // 2: too busy a machine for the rate
  ['npm run gate -- --help', [0]],
  ['node demo/main.ts --help', [0]],
  ['mkdir -p .github/workflows', [0]],
  ['cp docs/ci/nightly.yml .github/workflows/nightly.yml', [0]],
];

/** Run by another test, with targets, addresses or durations of its own. */
const runElsewhere: { readonly [test: string]: readonly string[] } = {
  'checks/gate.browser.test.ts': [
    'npm run gate',
    'npm run gate -- --only cold-start.diff-visible',
    'npm run gate -- --only cold-start.diff-visible cold-start.console-errors',
    'npm run gate -- --only bundle.js-growth',
  ],
  'checks/gate-stopped.browser.test.ts': [
    'npm run gate -- --web http://localhost:5173 --api http://localhost:5174/api/v1',
    'npm run gate -- --only diff.error-rate --web http://localhost:5173 --api http://localhost:5174/api/v1',
  ],
  'checks/smoke.nightly.test.ts': ['npm run gate -- --profile smoke --target production'],
  'checks/skillmeat.integration.test.ts': [
    'npm run gate -- --target staging',
    'npm run gate -- --target skillmeat',
    'npx rampgate demo --conventions skillmeat --port 3000 --api-port 8080',
  ],
  'checks/drill.serial.test.ts': ['npx rampgate drill --fast'],
  'checks/drill.integration.test.ts': ['npx rampgate drill --fault slow-diff=250 diff-errors'],
  'checks/through-proxy.integration.test.ts': [
    'npx rampgate drill --target staging',
    'npx rampgate drill --web http://localhost:3000 --api http://localhost:8080/api/v1 --fault slow-diff',
    'npx rampgate drill --through-proxy',
  ],
  'demo/main.integration.test.ts': [
    'node demo/main.ts',
    'npx rampgate demo --fault slow-diff --port 5173 --api-port 5174',
    'npx rampgate demo --fault diff-errors --port 5173 --api-port 5174',
  ],
  'harness/features/checklist/run-checklist.integration.test.ts': [
    'npx rampgate checklist pre-deploy',
    'npx rampgate checklist pre-deploy --target staging',
    'npx rampgate checklist deploy --target production',
  ],
  'harness/features/doctor/command.integration.test.ts': [
    'npx rampgate doctor --target staging',
    'npx rampgate doctor --target skillmeat',
  ],
  'harness/features/watch/command.integration.test.ts': [
    'npx rampgate watch --target production',
    'npx rampgate watch --stage canary --target production',
    'npx rampgate watch --resume latest',
  ],
  'harness/features/watch/command.nightly.test.ts': ['npx rampgate watch --for 10min --every 15s'],
  'harness/features/rollback/rollback-execute.integration.test.ts': [
    'npx rampgate rollback reports/latest --execute',
    'npx rampgate rollback reports/latest --execute --yes RUN',
    'npx rampgate rollback --execute --scope backend --target staging',
  ],
  'harness/features/compare/command.integration.test.ts': [
    'npx rampgate compare production staging --budget 10min',
    'npx rampgate compare demo demo:slow-first-diff=50 --only cold-start.diff-visible',
  ],
  'harness/cli/bundle.integration.test.ts': ['npx rampgate bundle', 'npx rampgate bundle --save'],
  'setup/demo-web.integration.test.ts': ['npx vite build demo/web'],
};

/** Run by no test, with the reason. */
const notRun: { readonly [line: string]: string } = {
  'npm test': 'it is what runs this',
  'npm ci': 'it needs the package registry; `npm run test:fresh-clone` sets a clone up',
  'npm run gate -- --profile nightly': 'minutes; CI runs it every night',
  'npx rampgate report reports/latest --open': 'it opens a window, and there is no screen',
  'npx playwright test': 'minutes of visits; the gate runs the same scenarios with the same runner',
  'npx playwright test --headed': 'there is no screen',
  'npx playwright test --ui': 'there is no screen',
  'npx rampgate drill': '22 minutes; `npm run test:drill` is this command',
  'npx rampgate drill --criterion diff.latency-p95 --sizes': 'up to five gate runs for each fault of the criterion',
  'npx rampgate drill --target staging --fast':
    'a minute; what a fast drill plants and what a proxy does have tests of their own',
  'npm run bench:accuracy': 'minutes; benches print ratios and assert nothing',
  'npm run bench:verdict-errors': 'minutes; benches print ratios and assert nothing',
  'crontab docs/ci/crontab': "it changes the user's crontab",
};

describe('the shell examples of the documents', () => {
  const lines = shellLines();
  const runHere = [...onInconclusiveRun, ...onTwoGoodRuns, ...onNoRun].map(([line]) => line);
  const listed = [...runHere, ...Object.values(runElsewhere).flat(), ...Object.keys(notRun)];

  it('are each run here or elsewhere, or listed with the reason', () => {
    expect(lines.length).toBeGreaterThan(50);
    expect(lines.filter((line) => !listed.includes(line))).toEqual([]);
  });

  it('are listed once, and only while they stand in the documents', () => {
    expect(listed.filter((line, index) => !lines.includes(line) || listed.indexOf(line) !== index)).toEqual([]);
  });

  it.each(Object.entries(runElsewhere).flatMap(([test, examples]) => examples.map((line) => [line, test] as const)))(
    '%s: %s runs this command with these flags',
    (line, test) => {
      expect(test).toMatch(/\.test\.ts$/);
      const text = withHelpers(test);
      for (const word of commandAndFlagsOf(line))
        expect(text.includes(word), `${test} says nothing of ${word}`).toBe(true);
    },
  );
});

/** Which command a line runs, and its flags; which target and ports it uses, each test says in its own way. */
function commandAndFlagsOf(line: string): readonly string[] {
  const [, command = ''] = /^(?:npx rampgate|npm run|npx|node) (\S+)/.exec(line) ?? [];
  const flags = wordsOf(line).filter(
    (word) => /^--./.test(word) && !['--target', '--port', '--api-port'].includes(word),
  );
  return [basename(command, '.ts'), ...flags];
}

/** The text of a test and of what it shares with others: what lies in checks/, and fixtures. */
function withHelpers(test: string): string {
  const text = readFileSync(join(projectRoot, test), 'utf8');
  const imported = [...text.matchAll(/from '(\.[^']+)'/g)].map(([, to = '']) => join(projectRoot, dirname(test), to));
  const helpers = imported.filter(
    (path) => relative(projectRoot, path).startsWith('checks/') || path.includes('.fixture.'),
  );
  return [text, ...helpers.map((path) => readFileSync(path, 'utf8'))].join('\n');
}

describe('a shell example', () => {
  const copy = brokenCopy({
    file: 'rampgate.config.ts',
    text: '  targets: {\n',
    becomes: "  targets: {\n    staging: { web: 'http://localhost:9', api: 'http://localhost:9/api/v1', artifacts },\n",
  });
  const reports = join(copy, 'reports');
  const inconclusive = '20261201T115027Z-pre-ramp-f14e';
  const server = createServer((_request, response) => response.end('ok'));
  /** What stands for something else in the documents. */
  const standsFor = new Map([
    ['RUN', inconclusive],
    ['URL', 'http://localhost:9'],
    ['30s', '1s'],
  ]);

  beforeAll(async () => {
    addTo(join(copy, 'rampgate.config.ts'), artifacts);
    cpSync(join(projectRoot, 'docs'), join(copy, 'docs'), { recursive: true });
    writeFileSync(join(copy, 'stricter.config.ts'), stricter);
    mkdirSync(reports, { recursive: true });
    cpSync(join(projectRoot, 'checks/recorded-0.1'), join(reports, inconclusive), { recursive: true });
    latestIs(inconclusive);
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    standsFor.set(
      'http://localhost:8080/api/items',
      `http://localhost:${(server.address() as AddressInfo).port}/api/items`,
    );
  });
  afterAll(() => {
    server.close();
    removeCopies();
  });

  it.each(onNoRun)('%s', runExample);
  it.each(onInconclusiveRun)('on a run that is inconclusive: %s', runExample);

  describe('on two runs that are go:', () => {
    beforeAll(() => {
      const earlier = basename(saveGateRun(reports));
      const later = basename(saveGateRun(reports, { startedAt: '2026-11-24T18:51:21.000Z', release: 'r2' }));
      standsFor.set('20261123T141500Z-pre-ramp-7f3a', earlier).set('20261124T185121Z-pre-ramp-7f3a', later);
      latestIs(later);
    });

    it.each(onTwoGoodRuns)('%s', runExample);
  });

  it('writes the files that it names', () => {
    for (const file of ['samples.csv', 'run.tar.gz', 'reports/history.html', '.github/workflows/nightly.yml']) {
      expect(existsSync(join(copy, file)), file).toBe(true);
    }
  });

  async function runExample(line: string, exitCodes: readonly number[]): Promise<void> {
    const words = wordsOf(line).map(
      (word) => standsFor.get(word) ?? word.replace('reports/RUN', `reports/${inconclusive}`),
    );
    const [program = '', ...args] = programOf(words);
    const { code, said } = await runIn(copy, program, args);
    expect(said).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m);
    expect(exitCodes, said.slice(-2000)).toContain(code);
  }

  function latestIs(id: string): void {
    rmSync(join(reports, 'latest'), { force: true });
    symlinkSync(id, join(reports, 'latest'));
  }
});

const artifacts = `
const artifacts = {
  small: { id: 'skill:notes', name: 'notes' },
  manyDeployments: { id: 'skill:playbook', name: 'playbook' },
  large: { id: 'skill:handbook', name: 'handbook' },
};
`;

const stricter = `import shipped from './rampgate.config.ts';
export default {
  ...shipped,
  criteria: shipped.criteria.map((one) => (one.id === 'large-diff.file-visible' ? { ...one, limit: '< 1 ms', warn: undefined } : one)),
};
`;

/** Puts text behind the imports of a file. */
function addTo(file: string, text: string): void {
  writeFileSync(file, readFileSync(file, 'utf8').replace('\nexport default', `${text}\nexport default`));
}

/** The program behind a line: set-up has been done already, so that the launcher is passed by. */
function programOf(words: readonly string[]): readonly string[] {
  const [first, second, ...rest] = words;
  if (first === 'npx' && second === 'rampgate') return [process.execPath, 'harness/cli.ts', ...rest];
  if (first === 'npm') return [process.execPath, 'harness/cli.ts', ...rest.filter((word) => word !== '--')];
  if (first === 'node') return [process.execPath, ...words.slice(1)];
  return words;
}

function runIn(cwd: string, program: string, args: readonly string[]): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    const env = { PATH: process.env['PATH'] ?? '', HOME: cwd };
    execFile(program, [...args], { cwd, env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), said: stdout + stderr });
    });
  });
}
