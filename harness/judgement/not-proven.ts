/** Where a probe was not proved to see: an absence that it reports may be blindness. */
import type { Evidence } from '../model/evidence.ts';
import type { NotProven } from '../model/gate-report.ts';

/** Every positive control that was not tried or did not show, probe by probe. */
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
