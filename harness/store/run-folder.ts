/** The only writer of run folders: `reports/<run-id>/` and `reports/latest`. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../lib/write-whole.ts';
import type { RunPlan } from '../model/run-plan.ts';
import type { EvidenceFolder } from '../sources/probe.ts';
import { savedForm } from './saved-document.ts';

export interface RunFolder extends EvidenceFolder {
  readonly id: string;
  /** The plan is on disk before anything is measured. */
  savePlan(plan: RunPlan): void;
  /** Points `latest` here. */
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
  const folder = openEvidenceFolder(path);
  return {
    ...folder,
    id,
    savePlan: (plan) => writeWhole(join(path, 'policy.json'), asText(savedForm(plan))),
    publish: () => pointLatest(reports, id),
  };
}

/** Makes a folder for evidence at this path. */
export function openEvidenceFolder(path: string): EvidenceFolder {
  mkdirSync(join(path, 'evidence'), { recursive: true });
  return {
    path,
    saveEvidence: (evidence) =>
      writeWhole(join(path, 'evidence', `${evidence.probe}.json`), asText(savedForm(evidence))),
    save: (name, text) => writeWhole(join(path, name), text),
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
