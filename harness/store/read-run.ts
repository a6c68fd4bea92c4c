/** Reads run folders back: all of a run as it was saved, or a message that says why not. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mistakes } from '../lib/mistakes.ts';
import { type Delivery, deliverySchema } from '../model/delivery.ts';
import { calibration, type Evidence, evidenceSchema } from '../model/evidence.ts';
import { type LastGo, lastGoSchema } from '../model/last-go.ts';
import { type RunPlan, runPlanSchema } from '../model/run-plan.ts';
import { readDocument, readIfThere, readJson } from './saved-document.ts';

export interface SavedRun {
  readonly plan: RunPlan;
  /** The machine's, then in the order of the plan's criteria; a probe that had not come to its end is not there. */
  readonly evidence: readonly Evidence[];
  /** `gate.json` as it was written, or null: the run ended before it was judged. */
  readonly gateJson: unknown;
}

/** Throws an OperatorMistake for a folder that holds no run, and for a file that is cut short or of another version. */
export function readRun(folder: string): SavedRun {
  if (!existsSync(folder)) throw mistakes.noRun(folder);
  const planFile = join(folder, 'policy.json');
  if (!existsSync(planFile)) throw mistakes.noRun(folder);
  const plan = readDocument(planFile, runPlanSchema);
  const probes = [...new Set([calibration.probe, ...plan.criteria.map(({ probe }) => probe)])];
  const evidence = probes
    .map((probe) => join(folder, 'evidence', `${probe}.json`))
    .filter((file) => existsSync(file))
    .map((file) => readDocument(file, evidenceSchema));
  const gateFile = join(folder, 'gate.json');
  return { plan, evidence, gateJson: existsSync(gateFile) ? readJson(gateFile) : null };
}

/** Ids of the runs of a reports folder that were judged, oldest first: those with a `gate.json`, which is written at the end. */
export function judgedRuns(reports: string): string[] {
  if (!existsSync(reports)) return [];
  return readdirSync(reports, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(reports, entry.name, 'gate.json')))
    .map(({ name }) => name)
    .sort();
}

/** `gate.json` of a run folder, as it was written. */
export function gateTextOf(folder: string): string {
  return readFileSync(join(folder, 'gate.json'), 'utf8');
}

/** What was sent to Sentry and to channels about the run; null where nothing was to be sent. Throws an OperatorMistake. */
export function readDelivery(folder: string): Delivery | null {
  return readIfThere(join(folder, 'delivery.json'), deliverySchema);
}

/** Which run was the last go when this one was reported; null where nobody looked. Throws an OperatorMistake. */
export function readLastGo(folder: string): LastGo | null {
  return readIfThere(join(folder, 'last-go.json'), lastGoSchema);
}
