/** Keeps a machine's calibration for the day, outside of the run folders: it says nothing about any run. */

import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../lib/cache-folder.ts';
import { type Evidence, evidenceSchema } from '../model/evidence.ts';
import type { Instant } from '../model/units.ts';
import { readDocument, savedForm } from './saved-document.ts';

export interface CalibrationShelf {
  /** Today's calibration of the same set-up, or null: there is none, or none that can be read. */
  today(now: Date): Evidence | null;
  keep(evidence: Evidence): void;
}

/** In the cache folder; `setup` is everything that must be the same for a calibration to hold. */
export function calibrationShelf(
  env: { readonly [name: string]: string | undefined },
  setup: readonly string[],
): CalibrationShelf {
  const folder = cacheFolder(env);
  const name = createHash('sha256').update(JSON.stringify(setup)).digest('hex').slice(0, 16);
  const file = join(folder, `calibration-${name}.json`);
  return {
    today(now) {
      const kept = readEvidence(file);
      return kept !== null && dayOf(kept.startedAt) === dayOf(now.toISOString()) ? kept : null;
    },
    keep(evidence) {
      try {
        mkdirSync(folder, { recursive: true });
        const fresh = `${file}-${process.pid}`;
        writeFileSync(fresh, JSON.stringify(savedForm(evidence)));
        renameSync(fresh, file);
      } catch {
        // A home that cannot be written to costs the next run a calibration of its own, nothing else.
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
