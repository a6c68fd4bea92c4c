/** Finds the last run of a kind that was a go, for the page to say what changed since. */

import type { CriterionThen, LastGo } from '../model/last-go.ts';
import type { RunPlan } from '../model/run-plan.ts';
import { tryStore } from '../store/open-store.ts';
import { type RunStore, StoreUnavailable } from '../store/run-store.ts';
import type { StoredCriterion, StoredRun } from '../store/stored-run.ts';
import type { StoreAccess } from './remember-run.ts';

/** Never rejects for a store that does not answer: that is part of what is known. */
export async function lastGoBefore(plan: RunPlan, { place, shell }: StoreAccess): Promise<LastGo> {
  try {
    return await tryStore(place, shell, (store) => lastGoIn(store, plan));
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    return { schemaVersion: 1, status: 'none', why: `the store does not answer (${error.message})` };
  }
}

async function lastGoIn(store: RunStore, { run, rollout, profile }: RunPlan): Promise<LastGo> {
  const goes = await store.runs({ rollout, profile, target: run.target.name, verdict: 'go', last: 2 });
  // A run that is remembered already is not its own predecessor.
  const before = goes.find(({ id, startedAt }) => id !== run.id && startedAt <= run.startedAt);
  const found = before === undefined ? null : await store.run(before.id);
  if (found === null) return { schemaVersion: 1, status: 'none', why: 'no earlier run of this kind was a go' };
  return knownGo(found);
}

function knownGo(run: StoredRun): LastGo {
  const { id, startedAt, release, toolVersion, toolCommit, machineClass, os, node, browser, configHash } = run;
  return {
    schemaVersion: 1,
    status: 'known',
    run: {
      id,
      startedAt,
      release,
      tool: { version: toolVersion, commit: toolCommit },
      environment: { machineClass, os, node, browser },
      configHash,
    },
    criteria: run.criteria.map(goneBefore),
  };
}

function goneBefore(stored: StoredCriterion): CriterionThen {
  const { criterion, outcome, limit, statistic, value, unit, lower, upper, samples } = stored;
  if (statistic === null || value === null) return { criterion, outcome, limit };
  const interval = lower === null && upper === null ? {} : { interval: [lower, upper] as const };
  return { criterion, outcome, limit, observed: { statistic, value, unit, samples, ...interval } };
}
