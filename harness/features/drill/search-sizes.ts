/** The smallest size of a fault that a criterion still catches, by halving, within a stated number of gate runs. */
import type { DrilledFault, SmallestSize } from './drill-report.ts';
import type { Fault, PlannedRun } from './fault.ts';

export interface SearchOptions {
  readonly plan: readonly PlannedRun[];
  /** What the plan came to. */
  readonly faults: readonly DrilledFault[];
  readonly tryOut: (planned: PlannedRun) => Promise<DrilledFault>;
  readonly signal: AbortSignal;
  /** What a criterion's evidence comes from: a search asks for nothing else. */
  readonly probeOf: (criterion: string) => string | undefined;
}

/** For each fault and criterion: so many halvings leave less than a tenth of what was between the two ends. */
export const runsPerSearch = 4;

/** The pairs that a search is for: faults with a range of sizes that turned a criterion red. */
export function searchesOf(plan: readonly PlannedRun[]): { planned: PlannedRun; criterion: string }[] {
  return plan
    .filter(({ fault }) => fault.size?.search !== undefined)
    .flatMap((planned) =>
      planned.cells.filter(({ expected }) => expected === 'red').map(({ criterion }) => ({ planned, criterion })),
    );
}

/** One at a time. What one search tried counts for the others of the same fault. */
export async function* searchSizes(options: SearchOptions): AsyncGenerator<SmallestSize> {
  const tried = new Map<string, Map<number, DrilledFault>>();
  for (const { planned, criterion } of searchesOf(options.plan)) {
    if (options.signal.aborted) return;
    const ofFault = tried.get(planned.fault.name) ?? new Map<number, DrilledFault>();
    tried.set(planned.fault.name, ofFault);
    for (const done of options.faults) {
      if (done.name === planned.fault.name && done.size !== null) ofFault.set(done.size.value, done);
    }
    const found = await search({ planned, criterion, ofFault }, options);
    if (options.signal.aborted) return;
    yield found;
  }
}

interface Search {
  readonly planned: PlannedRun;
  readonly criterion: string;
  readonly ofFault: Map<number, DrilledFault>;
}

async function search(asked: Search, { tryOut, signal, probeOf }: SearchOptions): Promise<SmallestSize> {
  const { planned, criterion, ofFault } = asked;
  const { fault } = planned;
  let runs = 0;
  while (runs < runsPerSearch && !signal.aborted) {
    const size = nextSize(fault, seenBy(criterion, ofFault));
    if (size === null) break;
    const cells = planned.cells.filter((cell) => probeOf(cell.criterion) === probeOf(criterion));
    ofFault.set(size, await tryOut({ ...planned, size, cells, whole: false }));
    runs += 1;
  }
  return { criterion, fault: fault.name, unit: fault.size?.unit ?? '', ...bracket(seenBy(criterion, ofFault)), runs };
}

export interface Trial {
  readonly size: number;
  readonly caught: boolean;
}

function seenBy(criterion: string, ofFault: ReadonlyMap<number, DrilledFault>): Trial[] {
  return [...ofFault].flatMap(([size, { cells }]) => {
    const cell = cells.find((one) => one.criterion === criterion);
    return cell === undefined ? [] : [{ size, caught: cell.outcome === 'fail' }];
  });
}

/**
 * The smallest size from which on everything was caught, and the largest that was not.
 * @internal Exported for its tests.
 */
export function bracket(trials: readonly Trial[]): Pick<SmallestSize, 'caught' | 'missed'> {
  const missed = trials.filter(({ caught }) => !caught).map(({ size }) => size);
  const largestMissed = missed.length === 0 ? null : Math.max(...missed);
  const caught = trials.filter((trial) => trial.caught && trial.size > (largestMissed ?? 0)).map(({ size }) => size);
  return { caught: caught.length === 0 ? null : Math.min(...caught), missed: largestMissed };
}

/**
 * In the middle of what is open; null when a tenth of the range is left, or nothing is caught at its upper end.
 * @internal Exported for its tests.
 */
export function nextSize({ size }: Fault, trials: readonly Trial[]): number | null {
  if (size?.search === undefined) return null;
  const [from, to] = size.search;
  const { caught, missed } = bracket(trials);
  if (caught === null) return (missed ?? 0) >= to ? null : to;
  const low = Math.max(missed ?? from, from);
  if (caught <= from || caught - low <= (to - from) / 10) return null;
  return rounded((low + caught) / 2);
}

/** Two digits are all that a handful of runs can tell. */
function rounded(size: number): number {
  return Number(size.toPrecision(2));
}
