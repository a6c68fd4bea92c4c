/** The measurement of an indicator among the evidence. */
import type { Evidence, Measurement } from '../model/evidence.ts';

export interface Found {
  readonly evidence: Evidence;
  readonly measurement: Measurement;
}

/** Null where nobody brought it. Throws when it is measured more than once: which one counts is not for judgement to choose. */
export function findMeasurement(sli: string, evidence: readonly Evidence[]): Found | null {
  const all = evidence.flatMap((one): Found[] => {
    if (one.status === 'unavailable') return [];
    return one.measurements.filter((each) => each.sli === sli).map((measurement) => ({ evidence: one, measurement }));
  });
  const [first, ...others] = all;
  if (others.length > 0) {
    throw new Error(`${sli} is measured ${all.length} times, by ${all.map((each) => each.evidence.probe).join(', ')}`);
  }
  return first ?? null;
}
