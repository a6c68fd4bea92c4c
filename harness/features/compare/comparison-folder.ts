/** The only writer of comparison folders: `reports/comparisons/<id>/`, with what each block brought in `blocks/`. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../../lib/write-whole.ts';
import type { EvidenceFolder } from '../../sources/probe.ts';
import { openEvidenceFolder } from '../../store/run-folder.ts';
import { savedForm } from '../../store/saved-document.ts';
import type { ComparisonPlan } from './comparison-plan.ts';

export interface ComparisonFolder {
  readonly id: string;
  readonly path: string;
  /** What is to be judged is on disk before anything is measured. */
  savePlan(plan: ComparisonPlan): void;
  /** Writes one document whole or not at all. */
  save(name: string, text: string): void;
  /** Where a block goes, counted from 1. */
  block(number: number): BlockFolder;
}

export interface BlockFolder {
  readonly before: EvidenceFolder;
  readonly after: EvidenceFolder;
  /** Both sides have all of it: from now on it is read back. */
  finish(): void;
}

/** Opens a new comparison folder under `reports`. */
export function openComparisonFolder(reports: string, now: Date): ComparisonFolder {
  const instant = now
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(/[-:]/g, '');
  const id = `${instant}-compare-${randomBytes(2).toString('hex')}`;
  const path = join(reports, 'comparisons', id);
  mkdirSync(path, { recursive: true });
  return {
    id,
    path,
    savePlan: (plan) => writeWhole(join(path, 'plan.json'), `${JSON.stringify(savedForm(plan), null, 1)}\n`),
    save: (name, text) => writeWhole(join(path, name), text),
    block: (number) => openBlock(join(path, 'blocks', String(number).padStart(3, '0'))),
  };
}

/** A block that a crash cut short keeps its other name. */
function openBlock(path: string): BlockFolder {
  const begun = `${path}-unfinished`;
  return {
    before: openEvidenceFolder(join(begun, 'before')),
    after: openEvidenceFolder(join(begun, 'after')),
    finish: () => renameSync(begun, path),
  };
}
