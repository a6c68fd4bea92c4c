/** Evidence as it goes to the journal: all that is judged, without what only a gate's report shows. */
import type { Evidence, Measurement } from '../../../model/evidence.ts';

/** Hours of samples must fit on a disk and be quick to read back. */
export function forJournal(evidence: Evidence): Evidence {
  if (evidence.status !== 'collected') return evidence;
  const { facts, measurements, ...rest } = evidence;
  const window = facts['window'];
  return {
    ...rest,
    measurements: measurements.map(withoutDetails),
    facts: window === undefined ? {} : { window },
    attachments: [],
  };
}

function withoutDetails(measurement: Measurement): Measurement {
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
