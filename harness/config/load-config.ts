/** Reads rampgate.config.ts: unknown → a checked rollout, or every problem in it at once. */

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { messageOf } from '../lib/message-of.ts';
import { mistakes } from '../lib/mistakes.ts';
import { suggestionFor } from '../lib/suggestion.ts';
import { contradictionsOf } from './contradictions.ts';
import { type Rollout, rolloutSchema } from './rollout.ts';

export interface LoadedConfig {
  readonly path: string;
  readonly rollout: Rollout;
  /** Everything the configuration says, as JSON, functions by their text. */
  readonly text: string;
  /** `sha256:` over that. */
  readonly hash: string;
}

/** Imports and checks a configuration file. Throws an OperatorMistake that names every problem. */
export async function loadConfig(path: string): Promise<LoadedConfig> {
  const absolute = resolve(path);
  if (!existsSync(absolute)) throw mistakes.noConfig(absolute);
  const exported = await importDefault(absolute);
  const rollout = parseRollout(exported, absolute);
  const text = JSON.stringify(rollout, (_key, value: unknown) => (typeof value === 'function' ? String(value) : value));
  return { path: absolute, rollout, text, hash: `sha256:${createHash('sha256').update(text).digest('hex')}` };
}

/**
 * Checks what a configuration file exports. Throws an OperatorMistake that names every problem.
 * @internal Exported for its tests.
 */
export function parseRollout(exported: unknown, path: string): Rollout {
  const parsed = rolloutSchema.safeParse(exported);
  const problems = parsed.success ? contradictionsOf(parsed.data) : parsed.error.issues.flatMap(sentencesFor);
  if (!parsed.success || problems.length > 0) throw mistakes.configInvalid(path, problems);
  return parsed.data;
}

async function importDefault(path: string): Promise<unknown> {
  try {
    const module: { default?: unknown } = await import(pathToFileURL(path).href);
    return module.default;
  } catch (error) {
    throw mistakes.configDoesNotLoad(path, messageOf(error));
  }
}

function sentencesFor(issue: z.core.$ZodIssue): string[] {
  const at = issue.path.length === 0 ? 'the configuration' : issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const suggestion = suggestionFor(key, keysKnownAt(issue.path.map(String)));
      return `${at}: "${key}" is not a known key${suggestion === null ? '' : `; did you mean "${suggestion}"?`}`;
    });
  }
  if (issue.code === 'invalid_type' && issue.input === undefined) return [`${at}: is missing (${issue.expected})`];
  if (issue.code === 'invalid_key') return issue.issues.map((inner) => `${at}: as a name, it ${inner.message}`);
  const got = issue.input === undefined ? '' : ` (got ${JSON.stringify(issue.input)})`;
  return [`${at}: ${lowerFirst(issue.message)}${got}`];
}

interface SchemaNode {
  readonly properties?: { readonly [key: string]: SchemaNode };
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode;
}

/** The keys that the schema has at a path, for "did you mean". */
function keysKnownAt(path: readonly string[]): string[] {
  const root = z.toJSONSchema(rolloutSchema, { unrepresentable: 'any', io: 'input' }) as SchemaNode;
  const node = path.reduce<SchemaNode | undefined>((at, key) => {
    const additional = typeof at?.additionalProperties === 'object' ? at.additionalProperties : undefined;
    return at?.properties?.[key] ?? at?.items ?? additional;
  }, root);
  return Object.keys(node?.properties ?? {});
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
