/** Checklists walked by somebody at a terminal, by nobody, in parts, and taken up by the gate. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { localServers } from '../../../setup/local-servers.ts';
import { temporaryFolders } from '../../../setup/temporary-folders.ts';
import { main } from '../../cli/main.ts';
import { packageRoot } from '../../lib/package-root.ts';
import { realShell, type Shell } from '../../lib/shell.ts';
import type { ChecklistRun } from '../../model/checklist-run.ts';
import type { GateReport } from '../../model/gate-report.ts';

const newFolder = temporaryFolders();
const serve = localServers();
let state: string;
let config: string;
let out: string;

beforeEach(async () => {
  state = 'good';
  const address = await serve((_request, response) => void response.end(JSON.stringify({ state })));
  const folder = newFolder();
  out = join(folder, 'reports');
  config = join(folder, 'rampgate.config.mjs');
  const command = (title: string, run: readonly string[]) => ({ title, run });
  const rollout = {
    name: 'walked',
    successCriteria: {},
    defaultTarget: 'staging',
    targets: { staging: { web: address, api: address, artifacts: {} } },
    profiles: { 'pre-ramp': {} },
    scenarios: {},
    load: {},
    commands: {
      tests: {
        title: 'tests',
        each: [command('first', ['true']), command('second', ['test', '-e', join(folder, 'fixed')])],
      },
      ship: { title: 'ship', each: [command('ship', ['touch', join(folder, 'shipped')])] },
    },
    checklists: {
      before: {
        title: 'Before the deploy',
        items: [
          { id: 'tests', title: 'Tests', commands: 'tests' },
          { id: 'look', title: 'Manual look', ask: 'No console errors?' },
        ],
      },
      deploy: {
        title: 'Deploy',
        items: [
          { id: 'ready', title: 'Pre-flight', walked: 'before' },
          { id: 'ship', title: 'Deploy', commands: 'ship', confirm: true },
          { id: 'health', title: 'Health', rampgate: ['gate', '--only', 'is.good'] },
        ],
      },
    },
    criteria: [
      {
        id: 'is.good',
        title: 'It is good',
        scope: 'backend',
        from: 'checks:good',
        statistic: 'all',
        limit: '<= 0',
        minSamples: 1,
        rationale: 'It must be.',
        advice: 'Look.',
        checklist: [],
      },
    ],
    rollback: { steps: [] },
  };
  const good = `async ({ request, check }) => check('is.good', { name: 'state', expected: 'good', actual: (await request('/')).json().state, how: 'GET /' })`;
  writeFileSync(config, `export default { ...${JSON.stringify(rollout)}, checks: { good: ${good} } };\n`);
});

/** Somebody at a terminal who types these lines, then goes away; without lines, nobody. */
async function rampgate(
  argv: readonly string[],
  lines?: readonly string[],
  user = 'ada',
  instead: Partial<Shell> = {},
) {
  let text = '';
  const left = [...(lines ?? [])];
  const say = (part: string): void => {
    text += part;
  };
  const exitCode = await main([...argv, '--config', config, '--out', out], {
    ...realShell(),
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], USER: user },
    cwd: packageRoot,
    out: say,
    err: say,
    terminal: { interactive: false, colour: false, width: 80 },
    ask:
      lines === undefined
        ? null
        : async (question) => {
            say(`${question}\n`);
            return left.shift() ?? null;
          },
    ...instead,
  });
  return { exitCode, text };
}

function checklistRuns(): readonly ChecklistRun[] {
  const folder = join(out, 'checklists');
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as ChecklistRun);
}
const answersOf = ({ answers }: ChecklistRun) =>
  answers.map(({ item, outcome, by, note }) => [item, outcome, by, note]);
const fix = () => writeFileSync(join(config, '..', 'fixed'), '');

describe('a checklist run', () => {
  it('runs what can be run, asks what needs a person, and is recorded with name and time', async () => {
    fix();
    const { exitCode, text } = await rampgate(['checklist', 'before'], ['', 'y small and large']);
    expect(exitCode).toBe(0);
    expect(text).toContain('No console errors?');
    expect(text).toContain('That is none of y, n, l and q.');
    expect(text).toContain('3 of 3 done.');
    const [walk] = checklistRuns();
    expect(walk?.answers.map(({ item, outcome, by, how }) => [item, outcome, by, how])).toEqual([
      ['tests.1', 'done', 'ada', 'run'],
      ['tests.2', 'done', 'ada', 'run'],
      ['look', 'done', 'ada', 'asked'],
    ]);
    expect(walk?.answers[2]).toMatchObject({ note: 'small and large', at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) });
    expect(walk?.finishedAt).not.toBeNull();
    expect(readFileSync(join(out, 'checklists', `${walk?.id}.md`), 'utf8')).toMatch(
      /^- \[x\] Manual look: small and large \(asked, ada, \d{4}-\d\d-\d\d \d\d:\d\d UTC\)$/m,
    );
  });

  it('is interrupted by Ctrl-C at a question, and goes on from there', async () => {
    fix();
    let interrupt = (): void => undefined;
    const goAway = async (): Promise<null> => {
      interrupt();
      return null;
    };
    const { exitCode, text } = await rampgate(['checklist', 'before'], [], 'ada', {
      ask: goAway,
      onInterrupt: (callback) => {
        interrupt = () => callback('SIGINT');
        return () => undefined;
      },
    });
    expect(exitCode).toBe(130);
    expect(text).toContain(`To go on: npx rampgate checklist before --target staging --out ${out}`);
    const after = await rampgate(['checklist', 'before'], ['y']);
    expect([after.exitCode, checklistRuns().length]).toEqual([0, 1]);
  });

  it('is no pass where nobody is there to answer', async () => {
    fix();
    const { exitCode, text } = await rampgate(['checklist', 'before']);
    expect([exitCode, text.includes('Not done: Manual look.')]).toEqual([2, true]);
    expect(checklistRuns().map(answersOf)[0]?.[2]).toEqual(['look', 'not-done', 'ada', 'nobody was there to answer']);
  });

  it('goes on where it was left, asks again what failed, and not what is done', async () => {
    expect((await rampgate(['checklist', 'before'], ['n red in the console'])).exitCode).toBe(1);
    expect((await rampgate(['checklist', 'before'], ['q'])).exitCode).toBe(1);
    fix();
    const { exitCode, text } = await rampgate(['checklist', 'before'], ['y'], 'bob');
    expect([exitCode, checklistRuns().length]).toEqual([0, 1]);
    expect(text).toContain('continued');
    expect(checklistRuns().map(answersOf)[0]).toEqual([
      ['tests.1', 'done', 'ada', expect.stringContaining('exit 0')],
      ['tests.2', 'done', 'bob', expect.stringContaining('exit 0')],
      ['look', 'done', 'bob', ''],
    ]);
    await rampgate(['checklist', 'before'], ['y']); // that one was finished: another begins
    expect(checklistRuns()).toHaveLength(2);
  });

  it('begins anew when it is asked to, and shows itself without doing anything', async () => {
    await rampgate(['checklist', 'before'], ['q']);
    await rampgate(['checklist', 'before', '--new'], ['q']);
    expect(checklistRuns()).toHaveLength(2);
    const { exitCode, text } = await rampgate(['checklist', 'before', '--dry-run'], []);
    expect(exitCode).toBe(0);
    expect(text).toContain('nothing is run or asked');
    expect(text).toContain('asks: No console errors?');
    expect(checklistRuns()).toHaveLength(2);
  });

  it('runs what deploys only when somebody confirms it', async () => {
    const isShipped = () => existsSync(join(config, '..', 'shipped'));
    const nobody = await rampgate(['checklist', 'deploy']);
    expect([nobody.exitCode, isShipped()]).toEqual([2, false]);
    expect(nobody.text).toContain('nobody was there to confirm it');
    await rampgate(['checklist', 'deploy', '--new'], ['l the window is closed', 'q']);
    expect(isShipped()).toBe(false);
    expect(checklistRuns().flatMap(answersOf)).toContainEqual([
      'ship.1',
      'not-done',
      'ada',
      'not confirmed the window is closed',
    ]);
    const shipped = await rampgate(['checklist', 'deploy', '--new'], ['y']);
    expect(shipped.text).toMatch(/\$ touch .*shipped/);
    expect(isShipped()).toBe(true);
  });

  it('measures with Rampgate itself, and looks other walks up', async () => {
    const first = await rampgate(['checklist', 'deploy']);
    expect(first.text.replaceAll(/\s+/g, ' ')).toContain(
      'not done: nobody has walked before for staging: npx rampgate checklist before --target staging, by ada',
    );
    expect(first.text).toContain('done: exit 0: Passed: all of 1 blocking criterion.');
    fix();
    await rampgate(['checklist', 'before'], ['y']);
    state = 'bad';
    const second = await rampgate(['checklist', 'deploy', '--new'], ['y']);
    expect([second.exitCode, second.text.includes('Failed: Health.')]).toEqual([1, true]);
    state = 'good';
    // Health is measured again, the rest is done.
    expect((await rampgate(['checklist', 'deploy'])).exitCode).toBe(0);
  });
});

describe('the gate', () => {
  it('has in its report what people answered for, and decides nothing by it', async () => {
    await rampgate(['checklist', 'before'], ['n red in the console']);
    const { exitCode, text } = await rampgate(['gate']);
    expect(exitCode).toBe(0);
    expect(text.replaceAll(/\s+/g, ' ')).toMatch(
      /Checklist before, begun [^:]+:\d\d UTC and not finished: 1 done, by ada\. Failed: second; Manual look\./,
    );
    const report = JSON.parse(readFileSync(join(out, 'latest', 'gate.json'), 'utf8')) as GateReport;
    expect(report.checklistRuns?.map(({ list }) => list)).toEqual(['before']);
    expect(readFileSync(join(out, 'latest', 'gate.md'), 'utf8')).toContain('Checklist before, begun');
    expect(readFileSync(join(out, 'latest', 'gate.html'), 'utf8')).toContain('Checklist before, begun');
  });
});
