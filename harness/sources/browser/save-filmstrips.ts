/** Puts what was on the screen while steps were timed beside the evidence of a scenario: small pictures, cut from its trace. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalRecord } from '../../browser-kit/journal.ts';
import { defined } from '../../lib/defined.ts';
import { messageOf } from '../../lib/message-of.ts';
import type { Attachment, CollectedEvidence, Evidence } from '../../model/evidence.ts';
import type { Json } from '../../model/units.ts';
import { cutFilms, type Film } from './cut-filmstrips.ts';

/** The evidence with its films; where there is none, the facts say why. */
export function keepFilms(evidence: Evidence, records: readonly JournalRecord[], runFolder: string): Evidence {
  const trace = records.findLast((record) => record.kind === 'trace');
  if (evidence.status !== 'collected') return evidence;
  if (trace === undefined) return without(evidence, 'no visit was traced');
  if (trace.steps === undefined) return without(evidence, 'the visit that was traced timed no step');
  if (!existsSync(trace.path)) return without(evidence, 'the trace is not where it was recorded');
  try {
    return withFilms(evidence, cutFilms(readFileSync(trace.path), trace.steps), runFolder);
  } catch (error) {
    const why = messageOf(error);
    return without(evidence, `the trace cannot be read: ${why}`);
  }
}

function without(evidence: CollectedEvidence, noFilms: string): CollectedEvidence {
  return { ...evidence, facts: { ...evidence.facts, noFilms } };
}

function withFilms(evidence: CollectedEvidence, films: readonly Film[], runFolder: string): CollectedEvidence {
  const attachments: Attachment[] = [];
  const facts = films.map(({ frames, sli, group, valueMs }, film): Json => {
    const kept = frames.map(({ ms, picture }, index) => {
      const path = `evidence/${evidence.probe}-film-${film + 1}-${index + 1}.jpeg`;
      writeFileSync(join(runFolder, path), picture);
      attachments.push({ name: `${sli} after ${ms} ms`, path, mediaType: 'image/jpeg' });
      return { ms, path };
    });
    return { sli, ...defined({ group }), valueMs, frames: kept };
  });
  if (films.length === 0) return without(evidence, 'the trace has no picture of a timed step');
  return {
    ...evidence,
    facts: { ...evidence.facts, films: facts },
    attachments: [...evidence.attachments, ...attachments],
  };
}
