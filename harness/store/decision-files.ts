/** Decisions about baselines, each a file of its own under `reports/baselines/`: nobody overwrites what another decided. */

import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../lib/message-of.ts';
import { writeWhole } from '../lib/write-whole.ts';
import { type AcceptedBaseline, type BaselineDecision, decisionSchema } from './decision.ts';
import { parseSavedForm, savedForm } from './saved-document.ts';

const ending = '.json';

/** Ids of the decisions, oldest first: an id begins with its time. */
export function decisionIds(reports: string): string[] {
  const folder = join(reports, 'baselines');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending) && !name.startsWith('.'))
    .map((name) => name.slice(0, -ending.length))
    .sort();
}

/** A string says what is wrong with it. */
export function readDecision(reports: string, id: string): BaselineDecision | AcceptedBaseline | string {
  const file = join(reports, 'baselines', `${id}${ending}`);
  try {
    return parseSavedForm(decisionSchema, JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    return messageOf(error);
  }
}

export function saveDecision(reports: string, id: string, decision: object): void {
  const folder = join(reports, 'baselines');
  mkdirSync(folder, { recursive: true });
  writeWhole(join(folder, `${id}${ending}`), `${JSON.stringify(savedForm(decision), null, 1)}\n`);
}
