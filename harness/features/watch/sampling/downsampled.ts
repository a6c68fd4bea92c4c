/** Evidence as the journal keeps it: all that is judged, without what only a gate's report shows. */
import type { Evidence, Measurement } from '../../../model/evidence.ts';

/** Hours of samples must fit on a disk, and be read again in a moment. */
export function compact(evidence: Evidence): Evidence {
  if (evidence.status !== 'collected') return evidence;
  const { facts, measurements, ...rest } = evidence;
  const window = facts['window'];
  return {
    ...rest,
    measurements: measurements.map(compactMeasurement),
    facts: window === undefined ? {} : { window },
    attachments: [],
  };
}

function compactMeasurement(measurement: Measurement): Measurement {
  switch (measurement.kind) {
    case 'timings':
      return { ...measurement, samples: measurement.samples.map((sample) => ({ ...sample, requests: [] })) };
    case 'distribution':
      return { ...measurement, slices: [] };
    case 'ratio': {
      const { slices: _, ...ratio } = measurement;
      return ratio;
    }
    case 'occurrences':
    case 'checks':
    case 'growth':
      return measurement;
  }
}
