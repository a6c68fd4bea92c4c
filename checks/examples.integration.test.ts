/**
 * Every shell example of the documents is run: here, or by the test that is named with it. What cannot be run without somebody's
 * network, cluster or hours is listed with the reason. A line that stands nowhere below, or no longer in the documents, fails.
 */
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { copyOfProject, removeCopies } from './broken-copy.ts';
import { documents } from './documents.fixture.ts';
import { projectRoot } from './run-gate.ts';

/** Run here, in this order, on a saved run that is inconclusive; with the exit code that each must give. */
const runHere: readonly (readonly [line: string, exitCode: number])[] = [
  ['npx rampgate report reports/latest', 0],
  ['npx rampgate judge reports/latest', 2],
  ['npx rampgate demo --list-faults', 0],
  ['npx rampgate rollback', 0],
  ['npx rampgate rollback reports/RUN --json', 0],
  ['npx rampgate history', 0],
  ['npx rampgate history --profile nightly', 0],
  ['npx rampgate history --html reports/history.html', 0],
  ['npx rampgate baseline list', 0],
  ['npx rampgate baseline show', 0],
  ['npx rampgate report reports/latest --format csv --out samples.csv', 0],
  ['npx rampgate report reports/latest --format slack --link https://ci.example.com/42', 0],
  ['npx rampgate report reports/latest --archive --out run.tar.gz', 0],
  ['npx rampgate report run.tar.gz --verify', 0],
  ['npx rampgate judge run.tar.gz', 2],
  ['npx rampgate judge reports/latest --what-if stricter.config.ts', 2],
  ['npx rampgate incident reports/RUN', 0],
  ['npx rampgate checklist deploy --dry-run', 0],
  ['npx rampgate checklist pre-deploy --dry-run', 0],
  ['npm run gate -- --help', 0],
  ['node demo/main.ts --help', 0],
  ['mkdir -p .github/workflows', 0],
  ['cp docs/ci/nightly.yml .github/workflows/nightly.yml', 0],
];

/** Run by another test, with addresses, targets or durations of its own. */
const runElsewhere: { readonly [test: string]: readonly string[] } = {
  'checks/gate.browser.test.ts': ['npm run gate', 'npm run gate -- --only cold-start.diff-visible'],
  'checks/gate-mistakes.integration.test.ts': [
    'npm run gate -- --target staging',
    'npm run gate -- --only cold-start.diff-visible cold-start.console-errors',
  ],
  'checks/smoke.nightly.test.ts': ['npm run gate -- --profile smoke --target production'],
  'checks/gate.nightly.test.ts': ['npm run gate -- --profile nightly'],
  'checks/skillmeat.integration.test.ts': ['npm run gate -- --target skillmeat'],
  'checks/skillmeat.fixture.ts': ['npx rampgate demo --conventions skillmeat --port 3000 --api-port 8080'],
  'checks/drill.serial.test.ts': ['npx rampgate drill --fast'],
  'checks/drill.integration.test.ts': [
    'npx rampgate drill --fault slow-diff=250 diff-errors',
    'npx rampgate drill --criterion diff.latency-p95 --sizes',
  ],
  'checks/through-proxy.integration.test.ts': [
    'npx rampgate drill --target staging --fast',
    'npx rampgate drill --target staging',
    'npx rampgate drill --web http://localhost:3000 --api http://localhost:8080/api/v1 --fault slow-diff',
    'npx rampgate drill --through-proxy',
  ],
  'demo/main.integration.test.ts': [
    'node demo/main.ts',
    'npx rampgate demo --fault slow-diff --port 5173 --api-port 5174',
    'npx rampgate demo --fault diff-errors --port 5173 --api-port 5174',
  ],
  'harness/features/checklist/command.integration.test.ts': [
    'npm run gate -- --web http://localhost:5173 --api http://localhost:5174/api/v1',
    'npm run gate -- --only diff.error-rate --web http://localhost:5173 --api http://localhost:5174/api/v1',
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
    'npx rampgate watch --for 10min --every 15s',
    'npx rampgate watch --stage canary --target production',
    'npx rampgate watch --resume latest',
  ],
  'harness/features/rollback/rollback-check.integration.test.ts': ['npx rampgate rollback --check --target staging'],
  'harness/features/rollback/rollback-execute.integration.test.ts': [
    'npx rampgate rollback reports/latest --execute',
    'npx rampgate rollback reports/latest --execute --yes RUN',
    'npx rampgate rollback --execute --scope backend --target staging',
    'npx rampgate rollback --scope backend --target staging --web URL --api URL',
  ],
  'harness/features/history/baseline.integration.test.ts': [
    'npx rampgate baseline accept latest --note "shipped as v0.3.1"',
    'npx rampgate baseline reject 20261124T185121Z-pre-ramp-7f3a --note "measured while a backup ran"',
  ],
  'harness/features/history/command.integration.test.ts': ['npx rampgate history cold-start.diff-visible'],
  'harness/features/compare/command.integration.test.ts': [
    'npx rampgate compare 20261123T141500Z-pre-ramp-7f3a latest',
    'npx rampgate compare production staging --budget 10min',
    'npx rampgate compare demo demo:slow-first-diff=50 --only cold-start.diff-visible',
  ],
  'harness/cli/load.integration.test.ts': ['npx rampgate load http://localhost:8080/api/items --rate 100 --for 30s'],
  'harness/cli/bundle.integration.test.ts': ['npx rampgate bundle', 'npx rampgate bundle --save'],
  'harness/sources/bundle/collect-bundle.integration.test.ts': ['npm run gate -- --only bundle.js-growth'],
  'setup/demo-web.integration.test.ts': ['npx vite build demo/web'],
};

/** Run by nobody, with the reason. */
const notRun: { readonly [line: string]: string } = {
  'npm test': 'it is what runs this',
  'npm ci': 'it needs the package registry; every set-up from a fresh clone does it',
  'npx rampgate report reports/latest --open': 'it opens a window, and there is no screen',
  'npx playwright test': 'minutes of visits; the gate runs the same scenarios by the same runner',
  'npx playwright test --headed': 'there is no screen',
  'npx playwright test --ui': 'there is no screen',
  'npx rampgate drill': 'twenty minutes; `npm run test:drill` is this command',
  'npm run bench:accuracy': 'minutes; benches print ratios and assert nothing',
  'npm run bench:verdict-errors': 'minutes; benches print ratios and assert nothing',
  'crontab docs/ci/crontab': "it changes the user's crontab",
};

const lines = new Set(
  documents.flatMap((document) =>
    [...readFileSync(join(projectRoot, document), 'utf8').matchAll(/```sh\n([\s\S]*?)```/g)]
      .flatMap(([, block = '']) => block.split('\n'))
      .map((line) => line.replace(/\s+#.*$/, '').trim())
      .filter((line) => line !== ''),
  ),
);

describe('the shell examples of the documents', () => {
  const listed = [...runHere.map(([line]) => line), ...Object.values(runElsewhere).flat(), ...Object.keys(notRun)];

  it('are each run here or elsewhere, or listed with the reason', () => {
    expect(lines.size).toBeGreaterThan(0);
    expect([...lines].filter((line) => !listed.includes(line))).toEqual([]);
  });

  it('are listed once, and only while they stand in the documents', () => {
    expect(listed.filter((line, index) => !lines.has(line) || listed.indexOf(line) !== index)).toEqual([]);
  });

  it.each(Object.entries(runElsewhere))('are run by a test that there is, and that runs it: %s', (test, examples) => {
    const text = readFileSync(join(projectRoot, test), 'utf8');
    for (const example of examples) {
      const [, command = ''] = /^(?:npx rampgate|npm run|npx|node) (\S+)/.exec(example) ?? [];
      const isNamed = text.includes(command.replace(/^.*\//, '').replace(/\.ts$/, ''));
      expect(isNamed, `${test} says nothing of ${command}`).toBe(true);
    }
  });
});

describe('a shell example', () => {
  const copy = copyOfProject();
  const id = '20261201T115027Z-pre-ramp-f14e';
  const folder = join(copy, 'reports', id);
  mkdirSync(join(copy, 'reports'), { recursive: true });
  cpSync(join(projectRoot, 'checks/recorded-0.1'), folder, { recursive: true });
  symlinkSync(id, join(copy, 'reports/latest'));
  cpSync(join(projectRoot, 'docs'), join(copy, 'docs'), { recursive: true });
  writeFileSync(
    join(copy, 'stricter.config.ts'),
    `import shipped from './rampgate.config.ts';
export default {
  ...shipped,
  criteria: shipped.criteria.map((one) => (one.id === 'large-diff.file-visible' ? { ...one, limit: '< 1 ms', warn: undefined } : one)),
};
`,
  );
  afterAll(removeCopies);

  it.each(runHere)('%s', async (line, exitCode) => {
    const words = (line.replaceAll('RUN', id).match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ''));
    const [program = '', ...args] = commandOf(words);
    const { code, said } = await runIn(copy, program, args);
    expect(said).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m);
    expect(code, said.slice(-2000)).toBe(exitCode);
  });

  it('writes what it says', () => {
    for (const file of ['samples.csv', 'run.tar.gz', 'reports/history.html', '.github/workflows/nightly.yml']) {
      expect(existsSync(join(copy, file)), file).toBe(true);
    }
  });
});

/** The program behind a line: set-up has been done already, so that the launcher is passed by. */
function commandOf(words: readonly string[]): readonly string[] {
  const [first, second, third, ...rest] = words;
  if (first === 'npx' && second === 'rampgate') return [process.execPath, 'harness/cli.ts', third ?? '', ...rest];
  if (first === 'npm')
    return [process.execPath, 'harness/cli.ts', third ?? '', ...rest.filter((word) => word !== '--')];
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
