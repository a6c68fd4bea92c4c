/** Sentry tells how many errors there are of a release in all; a watch wants to know how many there were since it last asked. */
import type { Evidence, Occurrences } from '../../model/evidence.ts';

/** The indicator's name. */
const SLI = 'sentry.errors';

/** Adds the errors since the last evidence; the first one has none to compare with. */
export function withErrorRate(): (evidence: Evidence, sinceMs: number) => Evidence {
  let before: number | null = null;
  return (evidence, sinceMs) => {
    if (evidence.status !== 'collected') return evidence;
    const total = evidence.facts['errors'];
    const last = before;
    before = typeof total === 'number' ? total : null;
    if (last === null || before === null) return evidence;
    const since: Occurrences = {
      kind: 'occurrences',
      sli: SLI,
      unit: 'count',
      how: "error events of the release that Sentry's API counts more of than when it was last asked",
      // Fewer: the oldest have left the days that are counted.
      count: Math.max(0, before - last),
      exposures: Math.round(sinceMs / 1000),
      exposedTo: 'seconds',
      seen: evidence.measurements.flatMap((one) => (one.kind === 'occurrences' ? one.seen : [])).slice(0, 3),
    };
    return { ...evidence, measurements: [...evidence.measurements, since] };
  };
}
