/** The recordings of the visits that were traced, as documents of the evidence. Pure. */
import { relative } from 'node:path';
import type { JournalRecord } from '../../browser-kit/journal.ts';
import type { Attachment } from '../../model/evidence.ts';

export type TracedVisit = Pick<Extract<JournalRecord, { kind: 'trace' }>, 'path' | 'why' | 'har'>;

/** Their paths are relative to the run folder; a name says what of a HAR is missing. */
export function attachRecordings(visits: readonly TracedVisit[], runFolder: string): Attachment[] {
  return visits.flatMap(({ path, why, har }) => {
    const trace = { path: relative(runFolder, path), mediaType: 'application/zip' };
    const traceName = `trace of one more visit (${why})`;
    if (har === undefined) return [{ name: traceName, ...trace }];
    if ('missing' in har) return [{ name: `${traceName}, without a HAR: ${har.missing}`, ...trace }];
    const part = har.kept === har.all ? '' : `; the first ${har.kept} of ${har.all} requests`;
    return [
      { name: traceName, ...trace },
      {
        name: `HAR of one more visit (${why}${part})`,
        path: relative(runFolder, har.path),
        mediaType: 'application/json',
      },
    ];
  });
}
