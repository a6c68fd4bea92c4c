/** How much load the API gets, and of which requests: they are read from the target, so that none is hard-coded. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { RolloutPart } from '../harness/config/rollout.ts';
import type { LoadRequest, LoadShare, MixContext } from '../harness/model/load-mix.ts';

const detail = z.object({ deployments: z.array(z.object({ project_path: z.string() })).min(1) });
const diff = z.object({ files: z.array(z.object({ file_path: z.string(), status: z.string() })).min(2) });

/** More distinct pairs of files than a run asks for, so that none is asked for twice. */
const FRESH_DIFFS = 4000;
const REPEATED_SHARE = 0.7;

// Looking three times within 1 % for a false go, zero errors prove a rate under 0.5 % from 1,138 requests on; one error
// needs 1,575, so that it takes a second stage, and ten of 4,500 are still few enough in the third.
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

/** Summary diffs: most of them of the same few comparisons again and again, the rest never asked before. */
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

/** The list of deployments of every project that has one. */
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
 * A diff that nobody has asked for before, and the same again, three times over: three misses and three hits. The file
 * that it names does not exist, which gives it a key of its own in the cache and an answer without content.
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

/** Every pair of files of the large artifact is a diff of its own, with a cache entry of its own. */
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

/** A diff of the small artifact about one file more than it has, which makes it a question of its own. */
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
 * Where not one diff can be listed, that they fail is for the load to show: fresh ones are asked for all the same, of files
 * that do not exist. A target that answers these after all answers without content, which counts as an error; leaving
 * them out would measure the cache alone, and in silence.
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
