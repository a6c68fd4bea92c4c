/** What a scenario wrote down → the measurements and doubts of its evidence. */

import { z } from 'zod';
import { type JournalRecord, journalRecordSchema, STOPWATCH_UNCERTAINTY_MS } from '../../browser-kit/journal.ts';
import type { Check, Loss, Measurement, QualityIssue, TimingSample } from '../../model/evidence.ts';
import type { TracedVisit } from './attach-recordings.ts';

export interface ScenarioOutcome {
  readonly measurements: readonly Measurement[];
  readonly qualityIssues: readonly QualityIssue[];
  readonly browser: string | null;
  /** Every planned visit was told to its end: whatever came later cost it nothing. */
  readonly isWhole: boolean;
  /** In how many stages it was told. */
  readonly stages: number;
  readonly visits: { readonly planned: number; readonly done: number };
  readonly failures: readonly { readonly visit: number; readonly message: string }[];
  readonly traces: readonly TracedVisit[];
}

/** Every occurrence is counted; this many are quoted. */
const QUOTED = 20;

/**
 * Parses a journal. A line that a crash cut short is left out, which the missing `end` makes known. Throws where a whole line
 * is no record.
 */
export function parseJournal(text: string): JournalRecord[] {
  return text.split('\n').flatMap((line, index) => {
    const record = parsedLine(line);
    if (record === undefined) return [];
    const parsed = journalRecordSchema.safeParse(record);
    if (parsed.success) return [parsed.data];
    throw new Error(`line ${index + 1} of the journal is no record: ${z.prettifyError(parsed.error)}`);
  });
}

function parsedLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Sums a journal up. An incomplete one is doubted, and so is one with visits that failed. */
export function readJournal(records: readonly JournalRecord[], scenario: string): ScenarioOutcome {
  const begins = records.filter((record) => record.kind === 'begin');
  const [begin] = begins;
  // Every pass of a stage begins with the same plan.
  const stages = [...new Map(begins.map((record) => [record.stage, record])).values()];
  const ends = records.filter((record) => record.kind === 'end');
  const ended = begin !== undefined && ends.length === stages.reduce((sum, { passes }) => sum + passes, 0);
  const stopped = records.find((record) => record.kind === 'stopped');
  const failures = records.filter((record) => record.kind === 'failure');
  const planned = stages.reduce((sum, stage) => sum + stage.planned, 0);
  const limited = records.filter((record) => record.kind === 'limited');
  const begun = records.filter((record) => record.kind === 'visit').length;
  const done = ended ? ends.reduce((sum, end) => sum + end.visits, 0) : Math.max(0, begun - failures.length - 1);
  return {
    measurements: measurementsOf(records),
    qualityIssues: [
      ...limitedQualityIssues(scenario, limited),
      ...qualityIssuesOf({
        scenario,
        began: begin !== undefined,
        ended,
        stopped,
        planned,
        done,
        failures,
      }),
    ],
    browser: begin?.browser ?? null,
    isWhole: ended && done === planned,
    stages: stages.length,
    visits: { planned, done },
    failures: failures.map(({ visit, message }) => ({ visit, message })),
    traces: records.filter((record) => record.kind === 'trace'),
  };
}

function measurementsOf(records: readonly JournalRecord[]): Measurement[] {
  const timings = new Map<string, { how: string; samples: TimingSample[]; losses: Loss[] }>();
  const occurrences = new Map<string, { how: string; exposedTo: string; exposures: number; seen: string[] }>();
  const checks = new Map<string, { how: string; checks: Check[] }>();
  for (const record of records) {
    if (record.kind === 'sample')
      entry(timings, record.sli, { how: record.how, samples: [], losses: [] }).samples.push(record.sample);
    if (record.kind === 'loss')
      entry(timings, record.sli, { how: record.how, samples: [], losses: [] }).losses.push(record.loss);
    if (record.kind === 'check') entry(checks, record.sli, { how: record.how, checks: [] }).checks.push(record.check);
    if (record.kind === 'occurrences') {
      const { how, exposedTo } = record;
      const all = entry(occurrences, record.sli, { how, exposedTo, exposures: 0, seen: [] });
      all.exposures += 1;
      all.seen.push(...record.seen);
    }
  }
  return [
    ...[...timings].map(([sli, { how, samples, losses }]) => ({
      kind: 'timings' as const,
      sli,
      how,
      unit: 'ms' as const,
      uncertaintyMs: STOPWATCH_UNCERTAINTY_MS,
      samples,
      losses,
    })),
    ...[...occurrences].map(([sli, { how, exposedTo, exposures, seen }]) => ({
      kind: 'occurrences' as const,
      sli,
      how,
      unit: 'count' as const,
      count: seen.length,
      exposures,
      exposedTo,
      seen: seen.slice(0, QUOTED),
    })),
    ...[...checks].map(([sli, all]) => ({ kind: 'checks' as const, sli, unit: 'count' as const, ...all })),
  ];
}

function entry<T>(map: Map<string, T>, key: string, fresh: T): T {
  const found = map.get(key) ?? fresh;
  map.set(key, found);
  return found;
}

/** What a page that was shut out shows says nothing about the application. */
function limitedQualityIssues(
  scenario: string,
  [first, ...others]: readonly { readonly message: string }[],
): QualityIssue[] {
  if (first === undefined) return [];
  const more = others.length === 0 ? '' : `, and ${others.length} more`;
  return [
    { code: 'rate-limited', message: `${scenario}: the target's limiter shut the page out: ${first.message}${more}` },
  ];
}

interface Course {
  readonly scenario: string;
  readonly began: boolean;
  readonly ended: boolean;
  readonly stopped: Extract<JournalRecord, { kind: 'stopped' }> | undefined;
  readonly planned: number;
  readonly done: number;
  readonly failures: readonly { readonly visit: number; readonly message: string }[];
}

function qualityIssuesOf({ scenario, began, ended, stopped, planned, done, failures }: Course): QualityIssue[] {
  if (!began) return [{ code: 'scenario-crashed', message: `the scenario ${scenario} did not begin` }];
  if (ended && done === planned) return [];
  if (stopped !== undefined && failures.length === 0)
    return [{ code: stopped.by ?? 'scenario-stopped', message: `${scenario}: ${stopped.message}` }];
  const first = failures[0];
  const why =
    first === undefined ? 'it ended in the middle' : `visit ${first.visit} failed: ${firstLine(first.message)}`;
  return [{ code: 'scenario-crashed', message: `${done} of ${planned} visits of ${scenario} were completed; ${why}` }];
}

/** Playwright's messages carry a call log; its first line says what happened. */
function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? '';
}
