/** The load on the API, and the requests that it consists of; they are read from the target, so that none is hard-coded. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { RolloutPart } from '../harness/config/rollout.ts';
import type { LoadRequest, LoadShare, MixContext } from '../harness/model/load-mix.ts';

const detail = z.object({ deployments: z.array(z.object({ project_path: z.string() })).min(1) });
const diff = z.object({ files: z.array(z.object({ file_path: z.string(), status: z.string() })).min(2) });

/** More distinct pairs of files than a run requests, so that none is requested twice. */
const FRESH_DIFFS = 4000;
const REPEATED_SHARE = 0.7;

// With three looks and 1 % for a false go, 1,138 requests without an error prove a rate under 0.5 %; with one error it takes
// 1,575, and so a second stage; ten errors of 4,500 are still few enough in the third.
export const load: RolloutPart<'load'> = {
  diff: {
    rate: 50,
    for: '30s',
    atMost: '90s',
    expectBody: '"files":[{',
    cacheHeader: 'X-Cache',
    mix: diffMix,
  },
  deployments: {
    rate: 50,
    for: '28s',
    atMost: '84s',
    expectBody: '"deployments":[{',
    mix: deploymentLists,
  },
};

/** Summary diffs: most repeat the same few comparisons, the rest are new to the cache. */
async function diffMix(context: MixContext): Promise<readonly LoadShare[]> {
  const repeated: LoadRequest[] = [];
  for (const { id } of Object.values(context.artifacts)) {
    for (const project of await projectsOf(id, context)) {
      repeated.push(
        { path: diffPath(context, { id, project }) },
        { path: diffPath(context, { id, project, route: 'source-project-diff' }) },
      );
    }
  }
  return [
    {
      name: 'repeated',
      share: REPEATED_SHARE,
      repeated: true,
      requests: nonEmpty(repeated),
      unasked: await unaskedDiff(context),
    },
    { name: 'fresh', share: 1 - REPEATED_SHARE, requests: nonEmpty(await freshDiffs(context)) },
  ];
}

/** The list of deployments of every project that has deployments. */
async function deploymentLists(context: MixContext): Promise<readonly LoadShare[]> {
  const projects = new Set<string>();
  for (const { id } of Object.values(context.artifacts)) {
    for (const project of await projectsOf(id, context)) projects.add(project);
  }
  const requests = [...projects].map((project) => ({
    path: context.conventions.deploymentList.replaceAll('{project}', encodeURIComponent(project)),
  }));
  return [{ name: 'lists', share: 1, requests: nonEmpty(requests) }];
}

/**
 * Three new diffs, each requested twice: three misses and three hits. The file that a diff names does not exist, which gives
 * it its own cache key and an answer without content.
 */
export async function diffsAskedTwice(context: MixContext): Promise<readonly LoadRequest[]> {
  const [artifact] = Object.values(context.artifacts);
  if (artifact === undefined) throw new Error('the target names no artifact to ask diffs of');
  const [project] = await projectsOf(artifact.id, context);
  if (project === undefined)
    throw new Error(`${artifact.id} is deployed to no project, so there is no diff to ask for`);
  return Array.from({ length: 3 }, () => {
    const path = `${diffPath(context, { id: artifact.id, project })}&file_paths=asked-by-rampgate-${crypto.randomUUID()}`;
    return [{ path }, { path }];
  }).flat();
}

/** Every pair of files of the large artifact is a different diff with its own cache entry. */
async function freshDiffs(context: MixContext): Promise<LoadRequest[]> {
  const large = context.artifacts['large'];
  if (large === undefined) throw new Error('the target names no "large" artifact to take fresh diffs from');
  const paths = (await projectsOf(large.id, context)).map((project) => diffPath(context, { id: large.id, project }));
  const requests: LoadRequest[] = [];
  for (const path of paths) {
    const files = await filesOf(path, context);
    for (const [index, first] of files.entries()) {
      for (const second of files.slice(index + 1)) {
        requests.push({ path: `${path}&file_paths=${encodeURIComponent(`${first},${second}`)}` });
      }
    }
  }
  return (requests.length > 0 ? requests : unlistedDiffs(paths[0] ?? '')).slice(0, FRESH_DIFFS);
}

/** A diff of the small artifact that names one more file than it has, which makes it new to the cache. */
async function unaskedDiff(context: MixContext): Promise<LoadRequest> {
  const { small } = context.artifacts;
  if (small === undefined) throw new Error('the target names no "small" artifact to ask something new of');
  const [project = ''] = await projectsOf(small.id, context);
  const path = diffPath(context, { id: small.id, project });
  const files = [...(await filesOf(path, context)), `asked-by-rampgate-${randomUUID()}`];
  return { path: `${path}&file_paths=${encodeURIComponent(files.join(','))}` };
}

async function filesOf(path: string, { getJson }: MixContext): Promise<readonly string[]> {
  const answer = await getJson(path).catch(() => null);
  return answer === null ? [] : diff.parse(answer).files.map((file) => file.file_path);
}

/**
 * Where no diff can be listed, the load must show that diffs fail: fresh ones are still requested, of files that do not exist.
 * A target that answers them answers without content, which counts as an error. Without them, the load would measure the
 * cache alone.
 */
function unlistedDiffs(path: string): LoadRequest[] {
  return Array.from({ length: FRESH_DIFFS }, (_, index) => ({ path: `${path}&file_paths=unlisted-${index}` }));
}

async function projectsOf(id: string, { getJson }: MixContext): Promise<readonly string[]> {
  const artifact = detail.parse(await getJson(`/artifacts/${encodeURIComponent(id)}?include_deployments=true`));
  return artifact.deployments.map((deployment) => deployment.project_path);
}

interface DiffQuestion {
  readonly id: string;
  readonly project: string;
  readonly route?: string;
}

function diffPath({ conventions }: MixContext, { id, project, route = 'diff' }: DiffQuestion): string {
  return `/artifacts/${encodeURIComponent(id)}/${route}?project_path=${encodeURIComponent(project)}&${conventions.summaryQuery}`;
}

function nonEmpty(requests: readonly LoadRequest[]): readonly [LoadRequest, ...LoadRequest[]] {
  const [first, ...rest] = requests;
  if (first === undefined) throw new Error('the target offers nothing to ask for');
  return [first, ...rest];
}
