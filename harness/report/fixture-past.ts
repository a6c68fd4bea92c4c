/** What went before the fixtures' runs: an accepted baseline, and the last go. */
import type { BaselineRun, Evidence, KnownGo } from '../model.ts';
import { findingsWith, milliseconds } from './fixture-findings.ts';
import { fixturePast, fixtureRun } from './fixture-run.ts';

export function fixtureBaseline(evidence: readonly Evidence[]): BaselineRun {
  return {
    ...fixturePast,
    browser: fixtureRun.environment.browser,
    gateSha256: '0'.repeat(64),
    accepted: { at: '2026-11-16T15:00:00.000Z', by: 'release-manager', why: 'shipped' },
    machineNoise: { calibratedAt: null, timingsRatio: null, loadsMs: null, referenceMs: null },
    measurements: evidence.flatMap((one) => (one.status === 'collected' ? one.measurements : [])),
  };
}

/** All passed then; one was faster, one had another limit, one is new since, and one is gone. */
export const fixtureLastGo: KnownGo = {
  schemaVersion: 1,
  status: 'known',
  run: {
    ...fixturePast,
    tool: fixtureRun.tool,
    environment: { ...fixtureRun.environment, browser: 'Chromium 155.0.7999.12' },
    configHash: 'sha256:0c77d1e9aa21',
  },
  criteria: [
    { criterion: 'bundle.css-growth', outcome: 'pass', limit: { op: '<', value: 0.05, unit: 'ratio' } },
    ...findingsWith({
      'cold-start.diff-visible': { observed: { ...milliseconds('p75', 251.4, [240.2, 266.1]), samples: 40 } },
      'diff.cache-hit-rate': { limit: { op: '>', value: 0.5, unit: 'ratio' } },
    })
      .filter(({ criterion }) => criterion !== 'contract.page-uses-summary')
      .map(({ criterion, outcome, limit, observed }) => ({
        criterion,
        outcome,
        limit,
        ...(observed === undefined ? {} : { observed }),
      })),
  ],
};
