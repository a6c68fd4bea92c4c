/** The planted faults of the diff cache. */
import type { FaultName, PlantedFaults } from '../faults.ts';
import type { CacheFlaw } from './diff-cache.ts';

const flaws: readonly (readonly [FaultName, CacheFlaw])[] = [
  ['key-collision', 'key-leaves-project-out'],
  ['collection-collision', 'key-leaves-collection-out'],
  ['cache-never-hits', 'key-is-always-new'],
  ['no-invalidation', 'never-invalidated'],
  ['cache-never-expires', 'never-expires'],
];

/** The planted flaw of the cache; empty where none is planted. */
export function cacheFlawOf(planted: PlantedFaults): { readonly flaw?: CacheFlaw } {
  const [, flaw] = flaws.find(([name]) => planted.has(name)) ?? [];
  return flaw === undefined ? {} : { flaw };
}
