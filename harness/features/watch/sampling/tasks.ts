/** What is sampled again and again: each source that is asked, in its turn. */
import type { Evidence } from '../../../model/evidence.ts';
import { type Policy, sources, watchedSources } from '../../../sources/registry.ts';
import type { SamplingOptions, SamplingTask } from '../../../sources/sampling.ts';

/** How often each evidence is due, by its name; null: once. */
export type Rhythm = ReadonlyMap<string, number | null>;

type WatchOptions = Omit<SamplingOptions, 'everyMs' | 'ofVisits'>;

/** None disturbs another: each waits until the one before is over. */
export function samplingTasks(policy: Policy, rhythm: Rhythm, given: WatchOptions): SamplingTask[] {
  const options: SamplingOptions = {
    ...given,
    everyMs: (evidence) => rhythm.get(evidence) ?? null,
    ofVisits: {
      names: sources.flatMap((source) => source.ofVisits?.names(policy) ?? []),
      read: async (visits) => {
        const evidence: Evidence[] = [];
        for (const { ofVisits } of sources) {
          if (ofVisits !== undefined && ofVisits.names(policy).length > 0) {
            evidence.push(...(await ofVisits.read(given, visits)));
          }
        }
        return evidence;
      },
    },
  };
  return watchedSources.flatMap(({ watch }) => watch?.tasks(policy, options) ?? []);
}
