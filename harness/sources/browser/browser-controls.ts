/** What the control visit of a run proves for one scenario: that what its counts rest on was heard. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ControlRecord,
  controlRecordSchema,
  type HeardBy,
  type JournalRecord,
} from '../../browser-kit/journal.ts';
import { allPlanted, CONTROLS_FILE, came } from '../../browser-kit/planted.ts';
import type { Control, QualityIssue } from '../../model/evidence.ts';
import { qualityIssuesOf } from '../positive-control.ts';

export interface ControlVisit {
  /** The page to prove on. */
  readonly path: string;
  /** Why that must not be tried; absent where it may. */
  readonly withoutControl?: string;
}

export interface ProvedCounts {
  readonly controls: readonly Control[];
  readonly qualityIssues: readonly QualityIssue[];
}

/** Nothing for a scenario that counts nothing. A visit that should have been and was not has seen nothing. */
export function provedCounts(
  records: readonly JournalRecord[],
  { visit, journalDir }: { readonly visit: ControlVisit; readonly journalDir: string },
): ProvedCounts {
  const all = whatCame(visit, journalDir);
  const counts = records.filter((record) => record.kind === 'occurrences');
  const about = (['problems', 'requests'] as const).map((listener) => ({
    slis: [...new Set(counts.filter(restsOn(listener)).map(({ sli }) => sli))],
    controls: all.filter((one) => one.listener === listener).map(controlOf),
  }));
  const concerned = about.filter(({ slis }) => slis.length > 0);
  return {
    controls: concerned.flatMap(({ controls }) => controls),
    qualityIssues: concerned.flatMap(({ controls, slis }) => qualityIssuesOf(controls, slis)),
  };
}

function controlOf({ name, planted, outcome, message }: ControlRecord): Control {
  return { name, planted, outcome, message };
}

function restsOn(listener: HeardBy): (count: { readonly heardBy?: HeardBy }) => boolean {
  return ({ heardBy }) => heardBy === undefined || heardBy === listener;
}

function whatCame(visit: ControlVisit, journalDir: string): readonly ControlRecord[] {
  const { withoutControl } = visit;
  if (withoutControl !== undefined) return allPlanted.map((one) => came(one, 'not-tried', withoutControl));
  const path = join(journalDir, CONTROLS_FILE);
  if (!existsSync(path)) return allPlanted.map((one) => came(one, 'not-seen', 'the control visit did not take place'));
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => controlRecordSchema.parse(JSON.parse(line)));
}
