/** The measurement of an indicator among the evidence. */
import type { Evidence, Measurement } from '../model/evidence.ts';

export interface FoundMeasurement {
  readonly evidence: Evidence;
  readonly measurement: Measurement;
}

/** Null where it was not measured. Throws when it was measured more than once: judgement does not choose which one counts. */
export function findMeasurement(sli: string, evidence: readonly Evidence[]): FoundMeasurement | null {
  const all = evidence.flatMap((one): FoundMeasurement[] => {
    if (one.status === 'unavailable') return [];
    return one.measurements.filter((each) => each.sli === sli).map((measurement) => ({ evidence: one, measurement }));
  });
  const [first, ...others] = all;
  if (others.length > 0) {
    throw new Error(`${sli} is measured ${all.length} times, by ${all.map((each) => each.evidence.probe).join(', ')}`);
  }
  return first ?? null;
}
