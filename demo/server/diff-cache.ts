/** A cache of recently computed diff answers. */
import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { DiffMode, Scope } from '../contract.ts';

/** Everything that makes one diff answer differ from another. */
export interface DiffKey {
  readonly artifactId: string;
  readonly projectPath: string | null;
  readonly collection: string;
  readonly scope: Scope;
  readonly mode: DiffMode;
  readonly filePaths: readonly string[] | null;
}

/** Planted flaws of the cache. */
export type CacheFlaw =
  | 'key-leaves-project-out'
  | 'key-leaves-collection-out'
  | 'key-is-always-new'
  | 'never-invalidated'
  | 'never-expires';

/** How the cache behaves. */
export interface DiffCacheOptions {
  readonly isEnabled: boolean;
  readonly ttlMs: number;
  /** The planted flaw, if any. */
  readonly flaw?: CacheFlaw;
  /** A monotonic clock, in milliseconds. */
  readonly now: () => number;
}

/** An answer as it is sent, and whether it came from the cache. */
export interface CachedAnswer {
  readonly body: string;
  readonly isHit: boolean;
}

/** The cache. */
export interface DiffCache {
  readonly answer: (key: DiffKey, compute: () => Promise<string>) => Promise<CachedAnswer>;
  /** Removes every answer about an artifact and returns how many there were; null where the flaw prevents it. */
  readonly invalidate: (artifactId: string) => number | null;
  /** Removes everything. */
  readonly clear: () => void;
  readonly sizeBytes: () => number;
}

/** How long an answer stays valid; the page caches its own copy as long. */
export const diffTtlMs = 30_000;

const maxSizeBytes = 64 * 1024 * 1024;

/** Whether a request bypasses the cache (RFC 9111, 5.2.1). */
export function passesBy(cacheControl: string | undefined): boolean {
  // Browsers send no-cache by themselves, for example on a forced reload, but never no-store.
  return /\bno-store\b/.test(cacheControl ?? '');
}

/** Creates an empty cache. */
export function createDiffCache({ isEnabled, ttlMs, flaw, now }: DiffCacheOptions): DiffCache {
  const answers = new LRUCache<string, string>({
    ttl: flaw === 'never-expires' ? 0 : ttlMs,
    ttlResolution: 0,
    perf: { now },
    maxSize: maxSizeBytes,
    sizeCalculation: (body) => body.length,
  });
  // An answer computed while its files are replaced must not be cached: every replacement counts this up.
  let generation = 0;

  return {
    async answer(key, compute) {
      const name = nameOf(flawed(key, flaw));
      const kept = isEnabled ? answers.get(name) : undefined;
      if (kept !== undefined) return { body: kept, isHit: true };
      const startedIn = generation;
      const body = await compute();
      if (isEnabled && startedIn === generation) answers.set(name, body);
      return { body, isHit: false };
    },
    invalidate(artifactId) {
      if (flaw === 'never-invalidated') return null;
      generation += 1;
      const prefix = prefixOf(artifactId);
      const stale = [...answers.keys()].filter((name) => name.startsWith(prefix));
      for (const name of stale) answers.delete(name);
      return stale.length;
    },
    clear() {
      generation += 1;
      answers.clear();
    },
    sizeBytes: () => answers.calculatedSize,
  };
}

function flawed(key: DiffKey, flaw: CacheFlaw | undefined): DiffKey {
  if (flaw === 'key-leaves-project-out') return { ...key, projectPath: null };
  if (flaw === 'key-leaves-collection-out') return { ...key, collection: '' };
  return flaw === 'key-is-always-new' ? { ...key, collection: randomUUID() } : key;
}

function nameOf({ artifactId, projectPath, collection, scope, mode, filePaths }: DiffKey): string {
  const paths = filePaths && filePaths.toSorted();
  return prefixOf(artifactId) + JSON.stringify([projectPath, collection, scope, mode, paths]);
}

function prefixOf(artifactId: string): string {
  return `${JSON.stringify(artifactId)} `;
}
