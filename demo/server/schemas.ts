/** JSON schemas that the routes check requests with and the OpenAPI document is made from. */
import type { Conventions } from '../conventions.ts';

const text = { type: 'string' } as const;
const textOrNull = { type: ['string', 'null'] } as const;
const countOrNull = { type: ['integer', 'null'] } as const;
const count = { type: 'integer' } as const;

/** An object whose fields are not spelled out. */
export const anyObject = { type: 'object', additionalProperties: true } as const;

/** The id in the address. */
export const idParams = { type: 'object', required: ['id'], properties: { id: text } } as const;

/** A collection's name in the query. */
export const collection = { ...text, description: 'Name of the collection; default: `default`' } as const;

/** An absolute path of a project. */
export const projectPath = { ...text, description: 'Absolute path of the project' } as const;

const mode = {
  type: 'string',
  enum: ['full', 'summary'],
  default: 'full',
  description:
    '`full` (default) carries the unified diff of every modified text file. `summary` leaves the texts out and gives ' +
    'additions, deletions and size of each instead; its files, statuses and counts equal those of `full`.',
} as const;

const filePaths = {
  ...text,
  description: 'Comma-separated paths: compare these files only; `summary` then counts these files only.',
} as const;

/** What the three diff routes understand beside their own parameters. */
export function diffQuery({ summaryParameter }: Conventions) {
  return summaryParameter === 'mode'
    ? { collection, mode, file_paths: filePaths }
    : {
        collection,
        summary_only: { type: 'boolean', default: false, description: 'Leave the unified diffs out' },
        include_unified_diff: { type: 'boolean', default: true },
        file_paths: filePaths,
      };
}

const fileDiff = {
  type: 'object',
  description: 'In `full` mode with `unified_diff`; in `summary` mode with the counts instead.',
  required: ['file_path', 'status', 'collection_hash', 'project_hash'],
  properties: {
    file_path: text,
    status: { type: 'string', enum: ['added', 'modified', 'deleted', 'unchanged'] },
    collection_hash: { ...textOrNull, description: 'Left side' },
    project_hash: { ...textOrNull, description: 'Right side' },
    unified_diff: { ...textOrNull, description: 'Only for modified text files' },
    additions: countOrNull,
    deletions: countOrNull,
    unified_diff_bytes: countOrNull,
    unified_diff_lines: countOrNull,
  },
} as const;

/** The answer of the three diff routes. */
export const diffAnswer = {
  type: 'object',
  description: 'The comparison',
  required: ['artifact_id', 'artifact_name', 'artifact_type', 'collection_name', 'has_changes', 'files', 'summary'],
  properties: {
    artifact_id: text,
    artifact_name: text,
    artifact_type: text,
    collection_name: text,
    project_path: text,
    upstream_source: text,
    upstream_version: text,
    has_changes: { type: 'boolean' },
    files: { type: 'array', items: fileDiff },
    summary: {
      type: 'object',
      required: ['added', 'modified', 'deleted', 'unchanged'],
      properties: { added: count, modified: count, deleted: count, unchanged: count },
    },
  },
} as const;

/** Any refusal. */
export const problemAnswer = {
  type: 'object',
  description: 'Refused',
  additionalProperties: true,
  properties: { detail: {} },
} as const;

/** How lists are paged. */
export const pageQuery = (defaultLimit: number, maximum: number) =>
  ({
    limit: { type: 'integer', minimum: 1, maximum, default: defaultLimit },
    after: { ...text, description: '`end_cursor` of the page before' },
  }) as const;
