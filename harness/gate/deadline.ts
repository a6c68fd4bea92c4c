/** When measuring ends: because somebody interrupts, or because the time that the run may take is over. */
import type { Evidence, QualityIssue } from '../model/evidence.ts';
import type { RunBounds } from '../model/run-plan.ts';

export interface Deadline {
  /** Aborted at the earlier of the two. */
  readonly signal: AbortSignal;
  /** Null while there is time. */
  whyOver(): QualityIssue | null;
  /** Evidence of a probe that was stopped by the clock says so, instead of naming a person. */
  explain(evidence: Evidence): Evidence;
}

/** `startedAt` is the run's own: what was done before the first probe is not given again. */
export function openDeadline(
  bounds: Pick<RunBounds, 'withinMs'> | null,
  {
    signal,
    startedAt,
    shell,
  }: { readonly signal: AbortSignal; readonly startedAt: Date; readonly shell: { readonly now: () => Date } },
): Deadline {
  const interrupted: QualityIssue = {
    code: 'interrupted',
    message: 'the run was interrupted before this was measured',
  };
  if (bounds === null) return { signal, whyOver: () => (signal.aborted ? interrupted : null), explain: (one) => one };
  const leftMs = Math.max(0, startedAt.getTime() + bounds.withinMs - shell.now().getTime());
  const time = AbortSignal.timeout(leftMs);
  const over: QualityIssue = {
    code: 'out-of-time',
    message: `the ${bounds.withinMs / 1000} s that the run may take were over`,
  };
  const byClock = (): boolean => time.aborted && !signal.aborted;
  return {
    signal: AbortSignal.any([signal, time]),
    whyOver: () => (signal.aborted ? interrupted : time.aborted ? over : null),
    explain: (evidence) => {
      if (!byClock()) return evidence;
      const [first, ...rest] = evidence.qualityIssues.map((qualityIssue) =>
        qualityIssue.code === 'interrupted' ? { ...qualityIssue, ...over } : qualityIssue,
      );
      return first === undefined ? evidence : { ...evidence, qualityIssues: [first, ...rest] };
    },
  };
}
