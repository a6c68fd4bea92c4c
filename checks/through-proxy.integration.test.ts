/** A target that nobody may touch is drilled through a proxy: here a demo that was started for itself. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { savedProofsSchema } from '../harness/model/drill-proof.ts';
import { parseGateReport } from '../harness/model/gate-report.ts';
import { run } from './run-command-line.ts';
import { cellsThatAre, type FinishedDrill, removeDrills, runDrill } from './run-drill.ts';
import { type RunningDemo, startDemo } from './run-gate.ts';

let demo: RunningDemo | null = null;
afterEach(async () => {
  await demo?.stop();
  demo = null;
});
afterAll(removeDrills);

async function drillForeign(faults: readonly string[], ...args: readonly string[]): Promise<FinishedDrill> {
  demo = await startDemo(...faults);
  return runDrill('--web', demo.web, '--api', demo.api, ...args);
}

const cheap = ['no-openapi', 'undocumented', 'other-project', 'wrong-counts', 'field-gone'];
const about = ['contract.openapi', 'contract.summary-mode', 'contract.legacy-default', 'diff.key-isolation'];

describe('a drill through a proxy', () => {
  it('turns red what it must, and leaves the target and its records as they are', async () => {
    const { report, exitCode, stdout, out } = await drillForeign([], '--fault', ...cheap, '--criterion', ...about);
    expect(report.verdict, stdout).toBe('proved');
    expect(exitCode).toBe(0);
    expect(cellsThatAre('fired', report)).toEqual([
      'no-openapi: contract.openapi',
      'undocumented: contract.openapi',
      'other-project: diff.key-isolation',
      'wrong-counts: contract.summary-mode',
      'field-gone: contract.legacy-default',
    ]);
    expect(report.drill).toMatchObject({ target: 'demo', proxyOf: { web: demo?.web, api: demo?.api } });
    expect(new Set(report.control?.criteria.map(({ state }) => state))).toEqual(new Set(['ready']));
    expect(stdout).toContain('Through a proxy before demo');

    const folder = join(out, 'drills', report.drill.id);
    for (const [name, run] of [
      ['no-fault', report.control?.run],
      ['undocumented', report.faults.find((fault) => fault.name === 'undocumented')?.run],
    ] as const) {
      const gate = parseGateReport(JSON.parse(readFileSync(join(folder, run ?? '', 'gate.json'), 'utf8')));
      expect(gate.run.drill).toEqual({ fault: name, proxyOf: { web: demo?.web, api: demo?.api } });
      expect(gate.run.target.api).not.toBe(demo?.api);
    }
    // Nothing remembers these runs but the drill.
    expect(readdirSync(out)).toEqual(['drills']);

    const { proofs } = savedProofsSchema.parse(JSON.parse(readFileSync(join(out, 'drills', 'proofs.json'), 'utf8')));
    expect(proofs.map(({ criterion, target, fired }) => [criterion, target, fired])).toEqual(
      expect.arrayContaining([['contract.openapi', 'demo', true]]),
    );
  });

  it('proves nothing by a fault for what is red without it, and does not plant it', async () => {
    const { report, exitCode, stdout, out } = await drillForeign(
      ['undocumented-mode', 'no-cache-header'],
      '--fault',
      'undocumented',
      'no-openapi',
      'other-project',
      'no-cache-header',
      '--criterion',
      'contract.openapi',
      'diff.key-isolation',
      'diff.cached-equals-fresh',
    );
    expect(report.verdict, stdout).toBe('unmeasured');
    expect(exitCode).toBe(2);
    const states = Object.fromEntries(
      (report.control?.criteria ?? []).map(({ criterion, state }) => [criterion, state]),
    );
    expect(states).toMatchObject({
      'contract.openapi': 'red',
      'diff.key-isolation': 'ready',
      'diff.cached-equals-fresh': 'blind',
    });
    expect(cellsThatAre('unmeasured', report)).toEqual([
      'undocumented: contract.openapi',
      'no-openapi: contract.openapi',
      'no-cache-header: diff.cached-equals-fresh',
    ]);
    expect(cellsThatAre('fired', report)).toEqual(['other-project: diff.key-isolation']);
    expect(report.faults.find(({ name }) => name === 'undocumented')?.run).toBeNull();
    expect(stdout).toContain('red without a fault, so that none proves it here: contract.openapi');
    expect(existsSync(join(out, 'index.sqlite'))).toBe(false);
  });

  it('misses a fault that the gate cannot see, by the name of the fault', async () => {
    const { report, exitCode } = await drillForeign(
      [],
      '--config',
      'checks/blinded.config.ts',
      '--fault',
      'fast-failures',
      'undocumented',
      '--criterion',
      'health.diff-answers',
      'contract.openapi',
    );
    expect(cellsThatAre('missed', report)).toEqual(['fast-failures: health.diff-answers']);
    // What sees nothing even without a fault is told from what sees and does not mind.
    expect(cellsThatAre('unmeasured', report)).toContain('undocumented: contract.openapi');
    expect(exitCode).toBe(1);
  });

  it.each([
    ['a target that is not there', ['--target', 'stagin'], 'There is no target called "stagin"'],
    ['half an address', ['--web', 'http://localhost:1'], '--web is given without --api'],
    ['what is no address', ['--api', 'localhost:1', '--web', 'http://localhost:1'], '--api got "localhost:1"'],
    ['nothing that answers', ['--web', 'http://localhost:1', '--api', 'http://localhost:1'], 'Nothing answers at'],
    ['a fault that only a command can plant', ['--target', 'skillmeat', '--fault', 'stale-cache'], 'no fault called'],
    [
      'only what cannot be turned red from outside',
      ['--through-proxy', '--criterion', 'logs.timeouts'],
      'logs.timeouts: the target writes its log itself',
    ],
    [
      'a configuration that only plants by command',
      ['--through-proxy', '--config', 'checks/no-drill.config.ts'],
      'does not say what a proxy',
    ],
  ])('refuses %s', async (_, args, message) => {
    const { exitCode, err } = await run('drill', ...args);
    expect(err).toContain(message);
    expect(exitCode).toBe(3);
  });
});
