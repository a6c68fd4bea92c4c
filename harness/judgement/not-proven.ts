/** Positive controls that failed: an absence that such a probe reports may be its own blindness. */
import type { Evidence } from '../model/evidence.ts';
import type { NotProven } from '../model/gate-report.ts';

/** Every positive control that was not tried or not seen, by probe. */
export function notProven(evidence: readonly Evidence[]): NotProven[] {
  return evidence.flatMap(({ probe, controls = [] }) =>
    controls
      .filter(({ outcome }) => outcome !== 'seen')
      .map(({ name, outcome, message }) => ({
        probe,
        control: name,
        reason: `${outcome === 'not-tried' ? 'not tried' : 'not seen'}: ${message}`,
      })),
  );
}
