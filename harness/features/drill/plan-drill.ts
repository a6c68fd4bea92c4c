/** Faults and criteria → the gate runs of a drill, and what must become of every criterion in each. Pure. */
import type { Expectation } from './drill-report.ts';
import type { Fault, PlannedRun } from './fault.ts';

/** A criterion, as far as it matters here. */
export interface Source {
  readonly id: string;
  /** What its evidence comes from: `load:diff`. */
  readonly from: string;
  /** It compares with another run. */
  readonly compares?: boolean;
}

export interface DrillQuestion {
  readonly faults: readonly Fault[];
  readonly criteria: readonly Source[];
  /** Only these, with sizes where they were given. */
  readonly only?: readonly { readonly fault: string; readonly size: number | null }[];
  /** Only faults that are about one of these, and only their evidence. */
  readonly about?: readonly string[];
  /** Only these faults, each by the evidence of the criteria that are named with it. */
  readonly fast?: { readonly [fault: string]: readonly string[] };
}

/**
 * One run per fault. It judges every criterion that rests on the same evidence as those the fault is about, and compares
 * with no other run: which of them turn red must be exactly what the catalogue says.
 */
export function planDrill(question: DrillQuestion): PlannedRun[] {
  const { faults, only, fast } = question;
  const asked = only ?? faults.map(({ name }) => ({ fault: name, size: null }));
  return asked
    .filter(({ fault }) => fast === undefined || Object.hasOwn(fast, fault))
    .flatMap(({ fault: name, size }) => {
      const fault = faults.find((one) => one.name === name);
      return fault === undefined ? [] : planFault({ fault, size }, question);
    });
}

/** Faults that were asked for, and of which this configuration judges nothing that they are about. */
export function unjudgedFaults({ faults, criteria, only, fast }: DrillQuestion): readonly string[] {
  const asked = only?.map(({ fault }) => fault) ?? faults.map(({ name }) => name);
  return faults
    .filter(({ name }) => asked.includes(name) && (fast === undefined || Object.hasOwn(fast, name)))
    .filter((fault) => concernsOf(fault).every((id) => criteria.every((one) => one.id !== id)))
    .map(({ name }) => name);
}

function concernsOf({ turnsRed, leavesOpen, spares }: Fault): readonly string[] {
  return [...turnsRed, ...leavesOpen, ...spares];
}

function planFault({ fault, size }: Pick<PlannedRun, 'fault' | 'size'>, question: DrillQuestion): PlannedRun[] {
  const { criteria, about, fast } = question;
  const concerned = concernsOf(fault);
  const exercised = concerned.filter((id) => criteria.some((one) => one.id === id));
  const wanted = exercised.filter((id) => (about?.includes(id) ?? true) && (fast?.[fault.name]?.includes(id) ?? true));
  const sources = new Set(criteria.filter(({ id }) => wanted.includes(id)).map(({ from }) => from));
  // What is within a limit can be a change all the same: a comparison is asked about the faults that name it, and no other.
  const judged = criteria
    .filter(({ id, from, compares }) => sources.has(from) && (compares !== true || concerned.includes(id)))
    .map(({ id }) => id);
  if (wanted.length === 0) return [];
  return [
    {
      fault,
      size,
      cells: judged.map((criterion) => ({ criterion, expected: expectationOf(criterion, fault) })),
      whole: fault.turnsRed.every((id) => !exercised.includes(id) || judged.includes(id)),
      notExercised: concerned.filter((id) => !exercised.includes(id)),
    },
  ];
}

function expectationOf(criterion: string, { turnsRed, leavesOpen }: Fault): Expectation {
  if (turnsRed.includes(criterion)) return 'red';
  return leavesOpen.includes(criterion) ? 'open' : 'spared';
}

/** Whether a fault must not turn anything red. */
export function isHarmless({ turnsRed, leavesOpen }: Pick<Fault, 'turnsRed' | 'leavesOpen'>): boolean {
  return turnsRed.length === 0 && leavesOpen.length === 0;
}
