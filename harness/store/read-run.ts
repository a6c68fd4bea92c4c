/** Reads a run folder back: all of it as it was saved, or a clear word on why not. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../lib/message-of.ts';
import { mistakes } from '../lib/mistakes.ts';
import { parseSaved } from '../lib/parse-saved.ts';
import { calibration, type Evidence } from '../model/evidence.ts';
import type { RunPlan } from '../model/run-plan.ts';
import { parseEvidence } from './evidence-schema.ts';
import { parseRunPlan } from './run-plan-schema.ts';

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
  const plan = checked(planFile, parseRunPlan);
  const probes = [...new Set([calibration.probe, ...plan.criteria.map(({ probe }) => probe)])];
  const evidence = probes
    .map((probe) => join(folder, 'evidence', `${probe}.json`))
    .filter((file) => existsSync(file))
    .map((file) => checked(file, parseEvidence));
  const gateFile = join(folder, 'gate.json');
  return { plan, evidence, gateJson: existsSync(gateFile) ? parsed(gateFile) : null };
}

/** A saved document. Throws an OperatorMistake for a file that is cut short, of another version, or not what it should be. */
export function checked<T extends object>(file: string, parse: (saved: unknown) => T | string): T {
  const saved = parsed(file);
  const version = versionOf(saved);
  if (version !== 1) throw mistakes.otherSchemaVersion(file, version);
  const read = parse(saved);
  if (typeof read === 'string') throw mistakes.runUnreadable(file, read);
  return read;
}

/** Throws an OperatorMistake where it is not JSON. */
export function parsed(file: string): unknown {
  const text = readFileSync(file, 'utf8');
  try {
    return parseSaved(text);
  } catch (error) {
    const why = messageOf(error);
    throw mistakes.runUnreadable(file, `it is cut short or not JSON (${why})`);
  }
}

function versionOf(saved: unknown): unknown {
  return typeof saved === 'object' && saved !== null ? Reflect.get(saved, 'schemaVersion') : undefined;
}
