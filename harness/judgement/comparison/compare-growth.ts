/** Compares sizes exactly, byte by byte. */
import type { ComparedValue, Negligible } from '../../model/comparison.ts';
import type { Growth } from '../../model/evidence.ts';
import { type ComparedQuestion, refused, seen } from './compared-part.ts';
import * as messages from './messages.ts';
import type { PairedMeasurements } from './paired-measurements.ts';

/** Compares the sizes of both sides, not what each has grown by. Null where no growth was measured. */
export function compareGrowth(
  negligible: Negligible,
  { pairs: [{ before, after }] }: PairedMeasurements,
): ComparedQuestion | null {
  if (before.measurement.kind !== 'growth' || after.measurement.kind !== 'growth') return null;
  const [was, is] = [sizesOf(before.measurement), sizesOf(after.measurement)];
  const label = before.measurement.judged;
  if (was.size === 0 || is.size === 0) return refused(label, { reason: 'no-evidence', ...messages.noSamples() });
  const values = { before: valueOf(label, was), after: valueOf(label, is) };
  const change = values.after.value - values.before.value;
  // Every byte is known, so the margin is not what can be measured but what matters: a share of the size.
  const unasked = negligible.ofLimit * values.before.value;
  const message = messages.ofSizes({ ...values, of: before.measurement.of, parts: changedParts(was, is) });
  const exact = { negligible: unasked, message } as const;
  if (Math.abs(change) <= unasked) {
    const reason = change === 0 ? 'equal-as-seen' : 'interval-within-negligible';
    return seen({ label, ...values }, { ...exact, outcome: 'same', worse: 'no', reason });
  }
  const worse = change > 0 ? 'yes' : 'no';
  return seen({ label, ...values }, { ...exact, outcome: 'different', worse, reason: 'unequal-as-seen' });
}

/** By name, in bytes, as the criterion looks at them. */
type PartSizes = ReadonlyMap<string, number>;

function sizesOf({ parts, judged }: Growth): PartSizes {
  return new Map(
    parts.flatMap(({ name, after }): [string, number][] => (after === null ? [] : [[name, after[judged]]])),
  );
}

function valueOf(statistic: string, sizes: PartSizes): ComparedValue {
  const value = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  return { statistic, value, unit: 'bytes', samples: sizes.size };
}

/** The largest change first. */
function changedParts(was: PartSizes, is: PartSizes): { readonly name: string; readonly byBytes: number }[] {
  return [...new Set([...was.keys(), ...is.keys()])]
    .map((name) => ({ name, byBytes: (is.get(name) ?? 0) - (was.get(name) ?? 0) }))
    .filter(({ byBytes }) => byBytes !== 0)
    .sort((a, b) => Math.abs(b.byBytes) - Math.abs(a.byBytes));
}
