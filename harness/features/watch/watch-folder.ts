/** The only writer of watch folders: `reports/watches/<id>/`, with a journal that is only ever added to. */

import { randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { messageOf } from '../../lib/message-of.ts';
import { mistakes } from '../../lib/mistakes.ts';
import { parseSaved } from '../../lib/parse-saved.ts';
import { writeWhole } from '../../lib/write-whole.ts';
import { readDocument, savedForm } from '../../store/saved-document.ts';
import { type Observation, observationSchema, type WatchPlan, watchPlanSchema } from './model.ts';

export interface WatchFolder {
  readonly id: string;
  readonly path: string;
  /** The plan is on disk before anything is sampled. */
  savePlan(plan: WatchPlan): void;
  /** So that whoever goes on with it need not type it all again. */
  saveAsked(asked: AskedOf): void;
  /** An observation is on disk before anybody judges it. */
  append(observation: Observation): void;
  /** Writes one document whole or not at all. */
  save(name: string, text: string): void;
}

/** The flags that a watch was begun with, without dashes. */
export interface AskedOf {
  readonly [flag: string]: string | readonly string[];
}

export interface SavedWatch {
  readonly asked: AskedOf;
  readonly plan: WatchPlan;
  readonly observations: readonly Observation[];
}

const PLAN = 'plan.json';
const ASKED = 'asked.json';
const JOURNAL = 'journal.ndjson';

const askedSchema = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

/** Opens a new watch folder under `reports`. */
export function openWatchFolder(reports: string, now: Date): WatchFolder {
  const instant = now
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(/[-:]/g, '');
  const id = `${instant}-watch-${randomBytes(2).toString('hex')}`;
  const path = join(reports, 'watches', id);
  mkdirSync(path, { recursive: true });
  return folderAt(path, id);
}

function folderAt(path: string, id: string): WatchFolder {
  return {
    id,
    path,
    savePlan: (plan) => writeWhole(join(path, PLAN), `${JSON.stringify(savedForm(plan), null, 1)}\n`),
    saveAsked: (asked) => writeWhole(join(path, ASKED), `${JSON.stringify(asked, null, 1)}\n`),
    append: (observation) => appendFileSync(join(path, JOURNAL), `${JSON.stringify(observation)}\n`),
    save: (name, text) => writeWhole(join(path, name), text),
  };
}

/**
 * A watch to go on with: by its id, or `latest`. A watch that was killed while it wrote left half a line, which is removed.
 * Throws an OperatorMistake where there is none, or where its files are not a watch's.
 */
export function reopenWatch(reports: string, name: string): WatchFolder & SavedWatch {
  const watches = join(reports, 'watches');
  const known = existsSync(watches) ? readdirSync(watches).filter((id) => existsSync(join(watches, id, PLAN))) : [];
  const id = name === 'latest' ? known.toSorted().at(-1) : known.find((one) => one === name);
  if (id === undefined) throw mistakes.noWatch(name, watches);
  const path = join(watches, id);
  const journal = join(path, JOURNAL);
  if (existsSync(journal)) truncateSync(journal, wholeLines(readFileSync(journal)));
  return { ...folderAt(path, id), ...readWatch(path) };
}

/** Whether the folder is one of a watch. */
export function isWatch(path: string): boolean {
  return existsSync(join(path, PLAN)) && existsSync(join(path, JOURNAL));
}

/** What a watch has observed so far; it may be going on. Throws an OperatorMistake where its files are not a watch's. */
export function readWatch(path: string): SavedWatch {
  const plan = readDocument(join(path, PLAN), watchPlanSchema);
  return { plan, asked: readAsked(join(path, ASKED)), observations: readJournal(join(path, JOURNAL)) };
}

/** Nothing where there is no such file. */
function readAsked(path: string): AskedOf {
  return existsSync(path) ? parsed(path, askedSchema, readFileSync(path, 'utf8')) : {};
}

function readJournal(path: string): Observation[] {
  if (!existsSync(path)) return [];
  const bytes = readFileSync(path);
  const lines = bytes.toString('utf8', 0, wholeLines(bytes)).split('\n').slice(0, -1);
  return lines.map((line) => parsed(path, observationSchema, line));
}

/** How many bytes the lines are that were written to their end. */
function wholeLines(bytes: Buffer): number {
  return bytes.lastIndexOf(0x0a) + 1;
}

function parsed<T>(file: string, schema: z.ZodType<T>, text: string): T {
  try {
    return schema.parse(parseSaved(text));
  } catch (error) {
    throw mistakes.runUnreadable(file, error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error));
  }
}
