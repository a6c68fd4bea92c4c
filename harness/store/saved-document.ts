/** Saved documents: JSON that says its schema version, which is 1 so far, and is read back by its schema. */
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { messageOf } from '../lib/message-of.ts';
import { mistakes } from '../lib/mistakes.ts';
import { parseSaved } from '../lib/parse-saved.ts';
import type { Immutable } from '../model/immutable.ts';

/** What a document is saved as. */
export function savedForm(of: object): object {
  return { schemaVersion: 1, ...of };
}

/** A document from parsed JSON; a string says everything that is wrong with it. */
export function parseSavedForm<T extends object>(schema: z.ZodType<T>, saved: unknown): T | string {
  const version: unknown =
    typeof saved === 'object' && saved !== null ? Reflect.get(saved, 'schemaVersion') : undefined;
  if (version !== 1) {
    const found = typeof version === 'number' ? version : 'unknown';
    return `it has schema version ${found}; this Rampgate reads version 1. Use the Rampgate that wrote it.`;
  }
  const parsed = schema.safeParse(saved);
  return parsed.success ? parsed.data : z.prettifyError(parsed.error);
}

/** The document as it will be read back: with the fields in the order of its schema, as reports are written from it. */
export function asReadBack<T extends object>(schema: z.ZodType<T>, document: Immutable<T>): T {
  const read = parseSavedForm(schema, savedForm(document));
  if (typeof read === 'string') throw new Error(`a document was made that cannot be read back: ${read}`);
  return read;
}

/** Makes the operator's mistake of a file that cannot be read. */
type Unreadable = (file: string, why: string) => Error;

/** A document's file. Throws an OperatorMistake where it is cut short, of another version, or not what it should be. */
export function readDocument<T extends object>(
  file: string,
  schema: z.ZodType<T>,
  unreadable: Unreadable = mistakes.runUnreadable,
): T {
  const read = parseSavedForm(schema, readJson(file, unreadable));
  if (typeof read === 'string') throw unreadable(file, read);
  return read;
}

/** The same, or null where there is no such file. */
export function readIfThere<T extends object>(file: string, schema: z.ZodType<T>, unreadable?: Unreadable): T | null {
  return existsSync(file) ? readDocument(file, schema, unreadable) : null;
}

/** Parsed JSON. Throws an OperatorMistake where the file holds none. */
export function readJson(file: string, unreadable: Unreadable = mistakes.runUnreadable): unknown {
  const text = readFileSync(file, 'utf8');
  try {
    return parseSaved(text);
  } catch (error) {
    throw unreadable(file, `it is cut short or not JSON (${messageOf(error)})`);
  }
}
