/** How Rampgate and other tools decide on the same samples of one p75. */
import { shiftBetween } from '../harness/judgement/differences.ts';
import { studentQuantile } from '../harness/judgement/student-t.ts';
import { probesToAskAgain } from '../harness/judgement/undecided.ts';
import { percentile } from '../harness/lib/percentile.ts';
import type { Verdict } from '../harness/model/outcome.ts';
import type { Random } from './random.ts';
import { SAMPLES } from './sample-shapes.ts';
import { budget, criteria, gateEvidence, healthy, LIMIT_MS, STAGES, sampled, verdictOf } from './simulated-gate.ts';

const sampling = { criteria, waivers: [], errorBudget: budget, startedAt: new Date(0).toISOString() };

export interface Rule {
  readonly name: string;
  readonly decide: (samples: Samples) => Decided;
}

interface Samples {
  /** The run to decide on, stage by stage. */
  readonly stages: readonly (readonly number[])[];
  /** A run of the same shape exactly at the limit, for rules that compare. */
  readonly before: readonly number[];
  readonly random: Random;
}

interface Decided {
  readonly verdict: Verdict;
  readonly samples: number;
}

export const rules: readonly Rule[] = [
  { name: 'Rampgate, a whole gate in stages', decide: inStages },
  { name: 'the same, all samples at once', decide: atOnce },
  { name: 'k6: p75 against the limit', decide: onOneStage((after) => pointwise(percentile(after, 75))) },
  { name: 'Lighthouse CI: median', decide: onOneStage((after) => pointwise(percentile(after, 50))) },
  { name: 'Lighthouse CI: optimistic', decide: onOneStage((after) => pointwise(Math.min(...after))) },
  { name: 'Kayenta: Mann-Whitney 98 %, 0.25', decide: onOneStage(kayenta) },
  { name: 'tachometer: difference of means', decide: onOneStage(tachometer) },
];

function onOneStage(verdict: (after: readonly number[], before: readonly number[]) => Verdict): Rule['decide'] {
  return ({ stages: [first = []], before }) => ({ verdict: verdict(first, before), samples: first.length });
}

/** Judges after each stage, as the gate does, and samples on only while more samples could decide something. */
function inStages({ stages, random }: Samples): Decided {
  const others = healthy(random, 0.5);
  let values: readonly number[] = [];
  for (const stage of stages) {
    values = [...values, ...stage];
    const measurements = [sampled('under-test', values), ...others];
    const isOpen = probesToAskAgain(sampling, gateEvidence(measurements)).size > 0;
    if (!isOpen || values.length === SAMPLES * STAGES)
      return { verdict: verdictOf(measurements), samples: values.length };
  }
  throw new Error('there are no stages');
}

function atOnce({ stages, random }: Samples): Decided {
  const values = stages.flat();
  const lookingOnce = criteria.map((one) => ({ ...one, looks: 1 }));
  const verdict = verdictOf([sampled('under-test', values), ...healthy(random, 0.5)], lookingOnce);
  return { verdict, samples: values.length };
}

function pointwise(value: number): Verdict {
  return value < LIMIT_MS ? 'go' : 'no-go';
}

/** "High" when the interval of the shift lies above a quarter of its estimate, as its classifier does. */
function kayenta(after: readonly number[], before: readonly number[]): Verdict {
  const shift = shiftBetween({ before, after }, 0.98);
  if (shift === null) return 'inconclusive';
  return shift.interval[0] > 0.25 * Math.abs(shift.estimate) ? 'no-go' : 'go';
}

function tachometer(after: readonly number[], before: readonly number[]): Verdict {
  const [a, b] = [momentsOf(after), momentsOf(before)];
  const half = studentQuantile(0.975, after.length + before.length - 2) * Math.hypot(a.error, b.error);
  const difference = a.mean - b.mean;
  if (difference - half > 0) return 'no-go';
  return difference + half < 0 ? 'go' : 'inconclusive';
}

function momentsOf(values: readonly number[]): { readonly mean: number; readonly error: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, error: Math.sqrt(variance / values.length) };
}
