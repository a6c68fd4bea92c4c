/** Compares checks one by one: which hold no longer, and which hold again. */
import type { ComparedValue } from '../../model/comparison.ts';
import type { Check, Checks } from '../../model/evidence.ts';
import { type ComparedQuestion, seen } from './compared-part.ts';
import * as messages from './messages.ts';
import type { MeasuredPair, MeasuredSide, PairedMeasurements } from './paired-measurements.ts';

/** Null where no checks were measured. */
export function compareChecks({ pairs, leftOut }: PairedMeasurements): ComparedQuestion | null {
  const checked = pairs.filter(isChecked);
  if (checked.length < pairs.length) return null;
  const [before, after] = [together(checked.map((pair) => pair.before)), together(checked.map((pair) => pair.after))];
  const names = [...new Set([...before.keys(), ...after.keys()])];
  const having = (was: boolean | undefined, is: boolean | undefined) =>
    names.filter((name) => before.get(name)?.ok === was && after.get(name)?.ok === is);
  const changed = {
    broken: [...after.values()]
      .filter(({ name, ok }) => !ok && before.get(name)?.ok !== false)
      .map(messages.quotedCheck),
    fixed: having(false, true),
    // A check that was not made any more may be one that fails.
    gone: [...having(true, undefined), ...having(false, undefined)],
    failing: having(false, false),
    holding: having(true, true).length,
  };
  return seen({ label: 'checks', before: valueOf(before), after: valueOf(after) }, decided(changed, leftOut));
}

interface ChangedChecks {
  readonly broken: readonly string[];
  readonly fixed: readonly string[];
  readonly gone: readonly string[];
  readonly failing: readonly string[];
  readonly holding: number;
}

function decided(changed: ChangedChecks, leftOut: readonly string[]) {
  const { broken, fixed, gone, failing } = changed;
  const message = [messages.ofChecks(changed), ...messages.pairsLeftOut(leftOut)].join(' ');
  const exact = { negligible: 0, message } as const;
  if (broken.length > 0) return { ...exact, outcome: 'different', worse: 'yes', reason: 'unequal-as-seen' } as const;
  if (gone.length > 0 || changed.holding + fixed.length + failing.length === 0) {
    const needs = messages.needsTheSameChecks();
    return { ...exact, outcome: 'undecided', worse: 'open', reason: 'no-evidence', needs } as const;
  }
  if (fixed.length > 0) return { ...exact, outcome: 'different', worse: 'no', reason: 'unequal-as-seen' } as const;
  return { ...exact, outcome: 'same', worse: 'no', reason: 'equal-as-seen' } as const;
}

interface CheckedPair {
  readonly before: MeasuredSide<Checks>;
  readonly after: MeasuredSide<Checks>;
}

function isChecked(pair: MeasuredPair): pair is CheckedPair {
  return pair.before.measurement.kind === 'checks' && pair.after.measurement.kind === 'checks';
}

/** By name; a check that was made more than once holds when it held each time. */
function together(sides: readonly MeasuredSide<Checks>[]): ReadonlyMap<string, Check> {
  const all = new Map<string, Check>();
  for (const check of sides.flatMap(({ measurement }) => measurement.checks)) {
    if (all.get(check.name)?.ok !== false) all.set(check.name, check);
  }
  return all;
}

function valueOf(checks: ReadonlyMap<string, Check>): ComparedValue {
  const failed = [...checks.values()].filter(({ ok }) => !ok).length;
  return { statistic: 'failed checks', value: failed, unit: 'count', samples: checks.size };
}
