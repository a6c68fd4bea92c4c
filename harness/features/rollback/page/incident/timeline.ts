/** What happened when, of a run and of what was done for it, oldest first. */
import type { Evidence } from '../../../../model/evidence.ts';
import type { Finding } from '../../../../model/finding.ts';
import type { GateReport } from '../../../../model/gate-report.ts';
import type { Instant } from '../../../../model/units.ts';
import { oneLine } from '../../../../report/plain-text.ts';
import { asSentence, verdictWords } from '../../../../report/wording.ts';
import type { LoggedStep, RollbackLog } from '../../log.ts';

export interface TimelineEntry {
  readonly at: Instant;
  readonly what: string;
}

export function timelineOf(
  { run, verdict }: GateReport,
  {
    failed,
    evidence,
    logs,
  }: {
    readonly failed: readonly Finding[];
    readonly evidence: readonly Evidence[];
    readonly logs: readonly RollbackLog[];
  },
): readonly TimelineEntry[] {
  const { target } = run;
  const entries = [
    { at: run.startedAt, what: `The ${run.profile} gate began on ${target.name}, release ${target.release}.` },
    ...failed.flatMap((finding) => measuredAt(finding, evidence)),
    { at: run.finishedAt, what: `Verdict: ${verdictWords[verdict]}.` },
    ...logs.flatMap(rollbackEntries),
  ];
  return inOrder(entries);
}

export function inOrder(entries: readonly TimelineEntry[]): readonly TimelineEntry[] {
  return entries.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function measuredAt(
  { criterion, message, evidence: files }: Finding,
  evidence: readonly Evidence[],
): readonly TimelineEntry[] {
  const brought = evidence.find(({ probe }) => files.includes(`evidence/${probe}.json`));
  return brought === undefined
    ? []
    : [{ at: brought.finishedAt, what: `${criterion} was measured. ${asSentence(oneLine(message, 300))}` }];
}

/** The steps of a rollback. */
export function rollbackEntries({
  startedAt,
  finishedAt,
  by,
  confirmed,
  outcome,
  because,
  steps,
}: RollbackLog): readonly TimelineEntry[] {
  const how = confirmed === 'asked' ? 'asked before each step' : 'the id typed';
  return [
    { at: startedAt, what: `Rolling back began, by ${by} (${how}).` },
    ...steps.flatMap(stepEntries),
    { at: finishedAt, what: `Rolling back ended: ${outcome}. ${because}` },
  ];
}

function stepEntries({ title, layer, state, because, startedAt, finishedAt }: LoggedStep): readonly TimelineEntry[] {
  return [
    ...(startedAt === undefined ? [] : [{ at: startedAt, what: `"${title}" (${layer}) began.` }]),
    ...(finishedAt === undefined
      ? []
      : [{ at: finishedAt, what: `"${title}": ${state}. ${asSentence(oneLine(because, 300))}` }]),
  ];
}
