/** The only writer of run folders: `reports/<run-id>/` and `reports/latest`. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Evidence } from '../model.ts';
import type { RunPlan } from '../policy.ts';
import { savedEvidence } from './evidence-schema.ts';
import { savedRunPlan } from './run-plan-schema.ts';
import { writeWhole } from './write-whole.ts';

export interface RunFolder {
  readonly id: string;
  readonly path: string;
  /** What is to be judged is on disk before anything is measured. */
  savePlan(plan: RunPlan): void;
  /** Evidence is on disk before anybody judges it. */
  saveEvidence(evidence: Evidence): void;
  /** Writes one document whole or not at all. */
  save(name: string, text: string): void;
  /** Makes `latest` point here. */
  publish(): void;
}

/** Opens a new run folder under `reports`. */
export function openRunFolder(
  reports: string,
  { profile, now }: { readonly profile: string; readonly now: Date },
): RunFolder {
  const id = `${now
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(/[-:]/g, '')}-${profile}-${randomBytes(2).toString('hex')}`;
  const path = join(reports, id);
  mkdirSync(join(path, 'evidence'), { recursive: true });
  return {
    id,
    path,
    savePlan: (plan) => writeWhole(join(path, 'policy.json'), asText(savedRunPlan(plan))),
    saveEvidence: (evidence) =>
      writeWhole(join(path, 'evidence', `${evidence.probe}.json`), asText(savedEvidence(evidence))),
    save: (name, text) => writeWhole(join(path, name), text),
    publish: () => pointLatest(reports, id),
  };
}

function asText(saved: object): string {
  return `${JSON.stringify(saved, null, 1)}\n`;
}

function pointLatest(reports: string, id: string): void {
  const link = join(reports, 'latest');
  const fresh = `${link}-${process.pid}`;
  rmSync(fresh, { force: true });
  symlinkSync(id, fresh);
  renameSync(fresh, link);
}
