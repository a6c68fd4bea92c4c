/** The only file that knows the API's paths and shapes, for the API checks. */
import { z } from 'zod';
import type { CheckAnswer, CheckContext } from '../../harness/model/check.ts';
import type { UncachedRequests } from '../../harness/model/target-policy.ts';

const detail = z.object({ deployments: z.array(z.object({ project_path: z.string() })) });

const diff = z.looseObject({
  collection_name: z.string(),
  project_path: z.string().optional(),
  has_changes: z.boolean(),
  summary: z.record(z.string(), z.number()),
  files: z.array(
    z.looseObject({
      file_path: z.string(),
      status: z.string(),
      unified_diff: z.string().nullish(),
      additions: z.number().nullish(),
      deletions: z.number().nullish(),
    }),
  ),
});

export type Diff = z.infer<typeof diff>;

/** The diff route, as the OpenAPI document spells it. */
export const diffRoute = '/artifacts/{id}/diff';

/** The projects that an artifact is deployed to, at least one. Throws when they cannot be read, and when there is none. */
export async function projectsOf({ request }: CheckContext, id: string): Promise<readonly [string, ...string[]]> {
  const answer = await request(`/artifacts/${encodeURIComponent(id)}?include_deployments=true`);
  if (answer.status !== 200) throw new Error(`the deployments of ${id} could not be read: status ${answer.status}`);
  const [first, ...others] = detail.parse(answer.json()).deployments.map(({ project_path: path }) => path);
  if (first === undefined) throw new Error(`${id} is deployed to no project, so there is no diff to ask for`);
  return [first, ...others];
}

/** Asks for a diff; `query` beyond the project, such as `mode=summary`. */
export function askForDiff(
  { request }: CheckContext,
  { id, project }: { readonly id: string; readonly project: string },
  ...query: readonly string[]
): Promise<CheckAnswer> {
  const all = [`project_path=${encodeURIComponent(project)}`, ...query].join('&');
  return request(`/artifacts/${encodeURIComponent(id)}/diff?${all}`);
}

/** Asks for a diff in the way that the target offers to bypass its cache. */
export function askUncached(
  context: CheckContext,
  { headers = {}, query, api = context.api }: UncachedRequests,
  question: { readonly id: string; readonly project: string; readonly query: readonly string[] },
): Promise<CheckAnswer> {
  const all = [
    `project_path=${encodeURIComponent(question.project)}`,
    ...question.query,
    ...(query === undefined ? [] : [query]),
  ].join('&');
  return context.request(`${api}/artifacts/${encodeURIComponent(question.id)}/diff?${all}`, { headers });
}

/** JSON text without the fields of these names, at any depth; other text stays as it is. */
export function withoutFields(text: string, names: readonly string[]): string {
  if (names.length === 0) return text;
  try {
    return JSON.stringify(JSON.parse(text, (key, value: unknown) => (names.includes(key) ? undefined : value)));
  } catch {
    return text;
  }
}

/** Parses a diff. Throws, with the status or the problem, for anything else. */
export function readDiff(answer: CheckAnswer, what: string): Diff {
  if (answer.status !== 200) throw new Error(`${what} answered ${answer.status}: ${answer.text.slice(0, 200)}`);
  const parsed = diff.safeParse(answer.json());
  if (!parsed.success) throw new Error(`${what} answered something that is no diff: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** The artifact that plays a part on this target. Throws when it names none. */
export function artifactFor({ artifacts }: CheckContext, part: string): { readonly id: string; readonly name: string } {
  const artifact = artifacts[part];
  if (artifact === undefined) throw new Error(`the target names no artifact "${part}"`);
  return artifact;
}

/** Whether the cache header reports a hit or a miss; null where it reports neither. */
export function servedFrom({ cacheHeader }: CheckContext, { headers }: CheckAnswer): 'hit' | 'miss' | null {
  const said = cacheHeader === null ? undefined : headers[cacheHeader.toLowerCase()];
  if (said !== undefined && /\bhit\b/i.test(said)) return 'hit';
  return said !== undefined && /\bmiss\b/i.test(said) ? 'miss' : null;
}

/** The folder of an artifact in a project. */
export function deployedFolder(project: string, { id, name }: { readonly id: string; readonly name: string }): string {
  return `${project}/.claude/${id.split(':')[0] ?? ''}s/${name}`;
}

/** Bytes for people: `1.2 MB`. */
export function sizeOf(text: string): string {
  const bytes = Buffer.byteLength(text);
  return bytes < 10_000 ? `${bytes} bytes` : `${(bytes / 1000).toFixed(0)} kB`;
}
