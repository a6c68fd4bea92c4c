import { describe, expect, it } from 'vitest';
import type { DrilledCriterion, DrillReport } from '../features/drill/drill-report.ts';
import { withDrill } from '../features/drill/update-proofs.ts';
import { criterionOf } from '../judgement/evidence.fixture.ts';
import { definitionOf, proofsFor } from './drill-proof.ts';

const criterion = { ...criterionOf({}), id: 'diff.latency-p95' };
const tool = { version: '0.1.0', commit: 'abc' };

function reportOf(state: DrilledCriterion['state'], changes: Partial<DrillReport> = {}): DrillReport {
  const size = { value: 350, unit: 'ms' };
  return {
    schemaVersion: 1,
    drill: {
      id: 'drill-1',
      rollout: 'r',
      target: 'demo',
      startedAt: '2026-11-24T18:00:00.000Z',
      finishedAt: '2026-11-24T18:20:00.000Z',
      tool,
      machine: { machineClass: 'm', os: 'o', node: 'v24' },
      configHash: 'sha256:0',
      planned: 1,
      interrupted: false,
    },
    verdict: 'proved',
    faults: [{ name: 'slow-diff', size } as unknown as DrillReport['faults'][number]],
    criteria: [{ id: criterion.id, title: 't', definition: definitionOf(criterion), state, provedBy: ['slow-diff'] }],
    sizes: [],
    ...changes,
  };
}

const searched = {
  sizes: [{ criterion: criterion.id, fault: 'slow-diff', unit: 'ms', caught: 66, missed: 51, runs: 4 }],
};
const facts = { at: '2026-11-24T18:20:00.000Z', target: 'demo', drill: 'drill-1', faults: ['slow-diff (350 ms)'] };
const proofOf = (kept: ReturnType<typeof withDrill>, asked = criterion, by = tool) =>
  proofsFor([asked], kept, { tool: by, target: 'demo' })[criterion.id];

/** Another drill, later, against staging. */
function onStaging(state: DrilledCriterion['state'], changes: Partial<DrillReport['drill']> = {}): DrillReport {
  const report = reportOf(state);
  const later = { target: 'staging', id: 'drill-2', finishedAt: '2026-11-25T09:00:00.000Z' };
  return { ...report, drill: { ...report.drill, ...later, ...changes } };
}

describe('a proof', () => {
  it('tells when and by what', () => {
    expect(proofOf(withDrill([], reportOf('proved')))).toEqual({ status: 'fired', ...facts });
  });

  it('is missing where nothing was drilled', () => {
    expect(proofOf([])).toEqual({ status: 'never' });
    expect(proofOf(withDrill([], reportOf('not-drilled')))).toEqual({ status: 'never' });
  });

  it('is taken back by a drill that missed it, and kept through one that did not look', () => {
    const kept = withDrill([], reportOf('proved'));
    expect(proofOf(withDrill(kept, reportOf('not-proved')))).toMatchObject({ status: 'missed' });
    expect(proofOf(withDrill(kept, reportOf('not-drilled')))).toMatchObject({ status: 'fired' });
  });

  it('does not count for another limit', () => {
    const kept = withDrill([], reportOf('proved'));
    const other = { ...criterion, limit: { ...criterion.limit, value: 1 } };
    expect(proofOf(kept, other)).toMatchObject({ status: 'stale', because: expect.stringContaining('another limit') });
  });

  it.each([
    [{ version: '0.2.0', commit: 'abc' }, 'that was Rampgate 0.1.0 (abc), and this is 0.2.0 (abc)'],
    [{ version: '0.1.0', commit: 'def' }, 'that was Rampgate 0.1.0 (abc), and this is 0.1.0 (def)'],
  ])('does not count for another Rampgate: %j', (other, because) => {
    expect(proofOf(withDrill([], reportOf('proved')), criterion, other)).toMatchObject({ status: 'stale', because });
  });

  it('does not count where the clone had changes that are in no commit', () => {
    const dirty = { version: '0.1.0', commit: 'abc-dirty' };
    const report = reportOf('proved');
    const kept = withDrill([], { ...report, drill: { ...report.drill, tool: dirty } });
    expect(proofOf(kept, criterion, dirty)).toMatchObject({
      status: 'stale',
      because: expect.stringContaining('changes that are in no commit'),
    });
  });

  it('has the smallest size, which a later drill without a search keeps', () => {
    const kept = withDrill([], reportOf('proved', searched));
    expect(proofOf(kept)).toEqual({ status: 'fired', ...facts, smallest: 'slow-diff (66 ms)' });
    expect(proofOf(withDrill(kept, reportOf('proved')))).toMatchObject({ smallest: 'slow-diff (66 ms)' });
  });

  it('is kept by target: a run asks for its own, and takes that of another where it has none that counts', () => {
    const kept = withDrill(withDrill([], reportOf('proved')), onStaging('not-proved'));
    const forTarget = (target: string, given = kept) => proofsFor([criterion], given, { tool, target })[criterion.id];
    expect(forTarget('demo')).toMatchObject({ status: 'fired', target: 'demo' });
    expect(forTarget('staging')).toMatchObject({ status: 'missed', target: 'staging' });
    expect(forTarget('elsewhere')).toMatchObject({ status: 'missed', target: 'staging', drill: 'drill-2' });
    const old = onStaging('proved', { tool: { version: '0.0.9', commit: 'old' } });
    const stale = withDrill(withDrill([], reportOf('proved')), old);
    expect(forTarget('staging', stale)).toMatchObject({ status: 'fired', target: 'demo' });
    expect(forTarget('staging', withDrill([], old))).toMatchObject({ status: 'stale', target: 'staging' });
  });

  it('is left as it was by a drill that could not measure', () => {
    const kept = withDrill([], reportOf('proved'));
    expect(withDrill(kept, reportOf('unmeasured'))).toEqual(kept);
  });
});
