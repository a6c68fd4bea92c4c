/** What a value of the configuration may look like, each with the words for one that does not. */
import { RE2JS } from 're2js';
import { z } from 'zod';
import { parseDurationMs, parseLimit } from './quantities.ts';

export const limit = z
  .string()
  .refine((text) => parseLimit(text) !== null, 'must be a limit such as "< 500 ms", "< 0.5 %" or "<= 0"');
export const duration = z
  .string()
  .refine((text) => parseDurationMs(text) !== null, 'must be a duration with a unit such as "30s", "500ms" or "2h"');
export const address = z
  .string()
  .refine((text) => /^https?:\/\/[^\s]+$/.test(text) && URL.canParse(text), 'must be an http:// or https:// address');
export const name = z.string().regex(/^[a-z0-9][a-z0-9.-]*$/, 'must be lower-case letters, digits, dots and dashes');
export const pattern = z
  .string()
  .refine(compilesInRe2, 'must be a regular expression in the syntax of RE2: no lookaround, no back-reference');

function compilesInRe2(text: string): boolean {
  try {
    RE2JS.compile(text);
    return true;
  } catch {
    return false;
  }
}
