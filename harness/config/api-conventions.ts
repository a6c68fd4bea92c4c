/** In which words a target is asked: what its configuration leaves out is as the checklist, and the demo, have it. */
import { z } from 'zod';
import { durationMs, parseDurationMs } from '../lib/quantities.ts';
import type { ApiConventions, LimiterPolicy } from '../model/target-policy.ts';

const duration = z
  .string()
  .refine((text) => parseDurationMs(text) !== null, 'must be a duration with a unit such as "1500ms" or "2s"');

/** Keys of a target. */
export const conventions = {
  /** The query that asks the API for a summary. */
  summaryQuery: z.string().default('mode=summary'),
  /** Whether a summary states how many lines each file adds and deletes. */
  summaryCountsLines: z.boolean().default(true),
  /** The list of a project's deployments, below the API's address; `{project}` stands for the project's path. */
  deploymentList: z.string().startsWith('/').default('/deploy?project_path={project}'),
  /** The OpenAPI document, below the API's address or at its origin. */
  openapi: z.string().startsWith('/').default('/openapi.json'),
  /** Where the API says that it is up, at its origin, outside any prefix. */
  health: z.string().startsWith('/').default('/health'),
  /** The header of an answer that tells a cache hit from a miss; null where no answer says. */
  cacheHeader: z.string().min(1).nullable().optional(),
  /** Collections that hold the artifacts. */
  collections: z.array(z.string().min(1)).default(['default']),
  /** What scenarios look for on its pages; scenarios/page-words.ts has the names, and what they are without this. */
  page: z.record(z.string(), z.string()).default({}),
};

/** A limiter that shuts out whoever asks the same too often. */
export const limiter = z.strictObject({
  /** A query parameter that the API does not know: with a value of its own, each request is another one. */
  distinctBy: z.string().regex(/^[\w-]+$/, 'must be the name of a query parameter'),
  /** A page asks for the same each time it is visited, so that visits begin at most so often. */
  visitEvery: duration,
});

const target = z.object(conventions);
type Conventions = z.output<typeof target>;

/** What of a target is asked in its own words. */
export function conventionsOf({ cacheHeader = 'X-Cache', ...configured }: Conventions): ApiConventions {
  const { summaryQuery, summaryCountsLines, deploymentList, openapi, collections } = configured;
  return { summaryQuery, summaryCountsLines, deploymentList, openapi, cacheHeader, collections };
}

/**
 * As it is where a target says nothing.
 * @internal Exported for its tests.
 */
export const checklistConventions: ApiConventions = conventionsOf(target.parse({}));

export function limiterPolicy(configured: z.output<typeof limiter> | undefined): LimiterPolicy | null {
  if (configured === undefined) return null;
  return { distinctBy: configured.distinctBy, visitEveryMs: durationMs(configured.visitEvery) };
}
