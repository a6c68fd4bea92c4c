/** Gives each comparing criterion the accepted runs it may be compared with, and lists those without any. */
import type { BaselineRun, Baselines } from '../model/baseline.ts';
import type { Criterion } from '../model/criterion.ts';
import type { NotExercised } from '../model/gate-report.ts';

interface Compared {
  readonly criteria: readonly Criterion[];
  /** Nothing to compare with, and why. */
  readonly leftOut: readonly NotExercised[];
}

interface Plan {
  readonly criteria: readonly Criterion[];
  readonly baselines?: Baselines;
}

/** What this run measured with. */
export interface MeasuredWith {
  /** The browser's build. */
  readonly browser: string;
  /** Whether evidence of this name is a browser's; of a load its build says nothing. */
  readonly isInBrowser: (evidence: string) => boolean;
}

/**
 * `browser` is the build that this run measured with. A comparison across builds is left out, and listed with the reason. It
 * is not inconclusive, because then no run with a new build could ever be go and become a baseline.
 */
export function withBaselines({ criteria, baselines }: Plan, { browser, isInBrowser }: MeasuredWith): Compared {
  const sorted = criteria.map((criterion) => compared(criterion, { baselines, browser, isInBrowser }));
  return {
    criteria: sorted.flatMap(({ criterion, why }) => (why === null ? [criterion] : [])),
    leftOut: sorted.flatMap(({ criterion: { id, title, checklist }, why }) =>
      why === null ? [] : [{ id, title, reason: why, checklist }],
    ),
  };
}

interface Given {
  readonly baselines: Baselines | undefined;
  readonly browser: string;
  readonly isInBrowser: MeasuredWith['isInBrowser'];
}

function compared(
  criterion: Criterion,
  { baselines, browser, isInBrowser }: Given,
): { readonly criterion: Criterion; readonly why: string | null } {
  const { statistic } = criterion;
  if (statistic.kind === 'all' && statistic.vsBaseline === true) {
    return { criterion, why: whyNotHeld(criterion, baselines) };
  }
  if (statistic.kind !== 'change') return { criterion, why: null };
  if (baselines === undefined) return { criterion, why: 'When that run began nobody asked for a baseline' };
  const { unavailable } = baselines;
  if (unavailable !== undefined)
    return { criterion: { ...criterion, statistic: { ...statistic, unavailable } }, why: null };
  const alike = baselines.runs.filter((run) => !isInBrowser(criterion.probe) || run.browser === browser);
  const runs = (baselines.kind === 'release' ? alike.slice(0, 1) : alike).filter((run) => has(run, criterion));
  const [first, ...others] = runs;
  if (first !== undefined)
    return { criterion: { ...criterion, statistic: { ...statistic, baseline: [first, ...others] } }, why: null };
  const [other] = baselines.runs;
  const isOtherBuild = alike.length === 0 && other !== undefined;
  return {
    criterion,
    why: isOtherBuild
      ? `A comparison with the accepted baseline (${other.id}) is refused: another browser build: ${browser}, not ${other.browser}. Accept a run with this build: \`rampgate baseline accept RUN\``
      : baselines.none,
  };
}

/** A store that did not answer is reported by the evidence: the checks asked it. */
function whyNotHeld({ sli }: Criterion, baselines: Baselines | undefined): string | null {
  if (baselines === undefined) return 'When that run began nobody asked for a baseline';
  if (baselines.unavailable !== undefined || baselines.contracts?.[sli] !== undefined) return null;
  return 'No release of this target was accepted since its promises are written down: accept one with `rampgate baseline accept RUN`';
}

function has({ measurements }: BaselineRun, { sli }: Criterion): boolean {
  return measurements.some((one) => one.sli === sli);
}
