/** Caches a machine's calibration for the day, outside of the run folders: it is about no run. */

import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../lib/cache-folder.ts';
import { type Evidence, evidenceSchema } from '../model/evidence.ts';
import type { Instant } from '../model/units.ts';
import { readDocument, savedForm } from './saved-document.ts';

export interface CalibrationCache {
  /** Today's calibration of the same set-up; null where there is none, or none that can be read. */
  today(now: Date): Evidence | null;
  save(evidence: Evidence): void;
}

/** In the cache folder; `setup` is everything that must be the same for a calibration to hold. */
export function calibrationCacheOf(
  env: { readonly [name: string]: string | undefined },
  setup: readonly string[],
): CalibrationCache {
  const folder = cacheFolder(env);
  const name = createHash('sha256').update(JSON.stringify(setup)).digest('hex').slice(0, 16);
  const file = join(folder, `calibration-${name}.json`);
  return {
    today(now) {
      const saved = readEvidence(file);
      return saved !== null && dayOf(saved.startedAt) === dayOf(now.toISOString()) ? saved : null;
    },
    save(evidence) {
      try {
        mkdirSync(folder, { recursive: true });
        const fresh = `${file}-${process.pid}`;
        writeFileSync(fresh, JSON.stringify(savedForm(evidence)));
        renameSync(fresh, file);
      } catch {
        // Without a writable cache folder the next run calibrates again.
      }
    },
  };
}

function readEvidence(file: string): Evidence | null {
  try {
    return readDocument(file, evidenceSchema);
  } catch {
    return null;
  }
}

function dayOf(instant: Instant): string {
  return instant.slice(0, 10);
}
