import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from '../../checks/run-command-line.ts';
import shipped from '../../rampgate.config.ts';
import { conclude } from '../gate/conclude.ts';
import {
  criterionOf,
  distributionOf,
  equal,
  evidenceOf,
  onMachine,
  qualityIssueOf,
  timingsOf,
  unavailableBecause,
} from '../judgement/evidence.fixture.ts';
import type { Waiver } from '../model/criterion.ts';
import type { Evidence } from '../model/evidence.ts';
import type { RunPlan } from '../model/run-plan.ts';
import { openRunFolder } from '../store/run-folder.ts';

const reports = mkdtempSync(join(tmpdir(), 'rampgate-judge-'));
afterAll(() => rmSync(reports, { recursive: true, force: true }));

const startedAt = '2026-11-23T14:15:00.000Z';

const plan: Omit<RunPlan, 'run'> = {
  rollout: 'a rollout',
  configHash: 'sha256:0',
  profile: 'pre-ramp',
  successCriteria: [{ id: 'S1', title: 'One' }],
  criteria: [
    criterionOf({ id: 'cold-start.diff-visible', sli: 'cold-start.diff-visible', probe: 'browser-cold-start' }),
    criterionOf({
      id: 'diff.latency-p95',
      sli: 'diff.latency',
      probe: 'load-diff',
      statistic: { kind: 'percentile', p: 95 },
    }),
    criterionOf({ id: 'silent', sli: 'silent', probe: 'load-silent' }),
  ],
  leftOut: [],
  waivers: [],
  errorBudget: { falseGo: 0.01, falseNoGo: 0.01 },
  rollback: { steps: [], values: {}, escalation: [] },
};

const timings = { ...timingsOf(equal(20, 200)), sli: 'cold-start.diff-visible' };
const evidence: readonly Evidence[] = [
  { ...evidenceOf([timings]), probe: 'browser-cold-start' },
  {
    ...evidenceOf([
      {
        ...distributionOf([
          [120, 1700],
          [280, 100],
        ]),
        sli: 'diff.latency',
      },
    ]),
    probe: 'load-diff',
  },
  { ...unavailableBecause(qualityIssueOf('target-unreachable')), probe: 'load-silent' },
];

interface Saved {
  readonly evidence?: readonly Evidence[];
  readonly waivers?: readonly Waiver[];
  readonly judged?: boolean;
}

/** A run folder as the gate leaves it. */
function saveRun({ evidence: brought = evidence, waivers = [], judged = true }: Saved = {}): string {
  const folder = openRunFolder(reports, { profile: 'pre-ramp', now: new Date(startedAt) });
  const whole: RunPlan = {
    ...plan,
    waivers,
    run: {
      id: folder.id,
      startedAt,
      tool: { version: '0.1.0', commit: 'unknown' },
      target: { name: 'demo', web: 'http://localhost:1', api: 'http://localhost:2', release: 'r1' },
      machine: { machineClass: 'a machine', os: 'an OS', node: 'v24' },
    },
  };
  folder.savePlan(whole);
  const all = onMachine(brought);
  for (const one of all) folder.saveEvidence(one);
  const report = conclude(whole, all, { finishedAt: '2026-11-23T14:18:00.000Z' });
  if (judged) folder.save('gate.json', `${JSON.stringify(report, null, 1)}\n`);
  return folder.path;
}

function edit(folder: string, file: string, change: (text: string) => string): void {
  const path = join(folder, file);
  writeFileSync(path, change(readFileSync(path, 'utf8')));
}

describe('rampgate judge', () => {
  it('judges a run again to the letter, with the exit code of its verdict', async () => {
    const folder = saveRun();
    const { exitCode, out } = await run('judge', folder);
    expect(out).toContain('INCONCLUSIVE');
    expect(out).toMatch(/The same as in .*gate\.json, to the letter\./);
    expect(exitCode).toBe(2);
    const { out: json } = await run('judge', folder, '--json');
    expect(json).toBe(readFileSync(join(folder, 'gate.json'), 'utf8'));
  });

  it('cannot judge a time without the calibration of the machine that took it', async () => {
    const folder = saveRun({ evidence: evidence.slice(0, 1) });
    rmSync(join(folder, 'evidence', 'machine.json'));
    const { out } = await run('judge', folder);
    expect(out).toContain('how noisy this machine is was not measured');
  });

  it('judges a run that ended before it was judged', async () => {
    const { exitCode, out } = await run('judge', saveRun({ judged: false, evidence: evidence.slice(0, 1) }));
    expect(out).toContain('it ended before it was judged');
    expect(out).toContain('The run was not judged before');
    expect(exitCode).toBe(2);
  });

  it('says which findings another Rampgate had judged otherwise', async () => {
    const folder = saveRun();
    edit(folder, 'gate.json', (text) => text.replace('"outcome": "pass"', '"outcome": "fail"'));
    const { out } = await run('judge', folder);
    expect(out).toContain('which another Rampgate judged: cold-start.diff-visible.');
  });

  it.each([
    ['a file cut short', 'evidence/load-diff.json', (text: string) => text.slice(0, 300), 'cut short'],
    ['a plan cut short', 'policy.json', (text: string) => text.slice(0, 300), 'cut short'],
    [
      'evidence of another version',
      'evidence/load-diff.json',
      (text: string) => text.replace('"schemaVersion": 1', '"schemaVersion": 2'),
      'schema version 2; this Rampgate reads version 1',
    ],
    [
      'evidence without a version',
      'evidence/load-diff.json',
      (text: string) => text.replace('"schemaVersion": 1,', ''),
      'schema version unknown',
    ],
    [
      'a number that is none',
      'evidence/browser-cold-start.json',
      (text: string) => text.replace('"valueMs": 200', '"valueMs": "fast"'),
      'expected number',
    ],
  ])('refuses %s, whole', async (_name, file, change, said) => {
    const folder = saveRun();
    edit(folder, file, change);
    const { exitCode, out, err } = await run('judge', folder);
    expect(exitCode).toBe(3);
    expect(out).toBe('');
    expect(err).toContain(file);
    expect(err).toContain(said);
    expect(err).not.toContain('    at ');
  });

  it('says when there is no run', async () => {
    const { exitCode, err } = await run('judge', reports);
    expect(exitCode).toBe(3);
    expect(err).toContain('it holds no policy.json');
  });

  it('does not take a missing file of evidence for a pass', async () => {
    const folder = saveRun();
    rmSync(join(folder, 'evidence', 'browser-cold-start.json'));
    const { out } = await run('judge', folder, '--json');
    const [first] = JSON.parse(out).findings;
    expect(first).toMatchObject({
      criterion: 'cold-start.diff-visible',
      outcome: 'inconclusive',
      reason: 'no-evidence',
    });
  });

  it('needs nothing of the folder but what is in it', async () => {
    const folder = saveRun();
    const moved = mkdtempSync(join(tmpdir(), 'rampgate-moved-'));
    cpSync(folder, moved, { recursive: true });
    rmSync(folder, { recursive: true });
    expect((await run('judge', moved)).out).toContain('to the letter');
    rmSync(moved, { recursive: true });
  });

  it('shows what another configuration would make of it', async () => {
    const config = join(reports, 'strict.config.mjs');
    const strict = {
      ...shipped,
      criteria: shipped.criteria.map((one) =>
        one.id === 'cold-start.diff-visible' ? { ...one, limit: '< 150 ms', warn: undefined } : one,
      ),
    };
    // Functions do not survive JSON, and a what-if asks for none.
    const text = JSON.stringify(strict, (_key, value: unknown) =>
      typeof value === 'function' ? 'MIX' : value,
    ).replaceAll('"MIX"', '() => []');
    writeFileSync(config, `export default ${text};\n`);
    const { exitCode, out } = await run('judge', saveRun(), '--what-if', config);
    expect(out).toContain('The verdict would be No-go instead of Inconclusive.');
    expect(out).toMatch(/cold-start\.diff-visible +pass < 300 ms +fail < 150 ms/);
    expect(out).toMatch(/silent +inconclusive < 300 ms +not judged/);
    for (const line of out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(exitCode).toBe(1);
  });

  it('lets no other configuration pass over what the run should have brought', async () => {
    const config = join(reports, 'only-cold.config.mjs');
    const timing = shipped.criteria.filter(({ id }) => id === 'cold-start.diff-visible');
    const { demo } = shipped.targets;
    const text = JSON.stringify(
      { ...shipped, targets: { demo }, profiles: { 'pre-ramp': {} }, reporting: undefined, criteria: timing },
      (_key, value: unknown) => (typeof value === 'function' ? 'MIX' : value),
    ).replaceAll('"MIX"', '() => []');
    writeFileSync(config, `export default ${text};\n`);
    const folder = saveRun();
    rmSync(join(folder, 'evidence', 'browser-cold-start.json'));
    const { exitCode, out } = await run('judge', folder, '--what-if', config, '--json');
    expect(JSON.parse(out).findings).toMatchObject([{ outcome: 'inconclusive', reason: 'no-evidence' }]);
    expect(exitCode).toBe(2);
  });

  it('keeps waivers by the day of the run, not by today', async () => {
    const waiver = { criterion: 'silent', owner: 'Ada', reason: 'the source moves next week', until: '2026-11-23' };
    const inForce = await run('judge', saveRun({ waivers: [waiver] }));
    expect(inForce.exitCode).toBe(0);
    expect(inForce.out).toContain('Waived: silent, by Ada until 2026-11-23.');
    const over = await run('judge', saveRun({ waivers: [{ ...waiver, until: '2026-11-22' }] }));
    expect(over.exitCode).toBe(2);
    expect(over.out).toContain('A waiver is over, and its criterion counts: silent, by Ada until 2026-11-22.');
  });
});
