/** Checks that changes invalidate cached diffs: a deploy and a sync at once, a change on disk within their TTL. */
import { appendFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckAnswer, CheckContext } from '../../harness/model/check.ts';
import { artifactFor, askForDiff, deployedFolder, projectsOf, readDiff, servedFrom } from './diff-api.ts';

/** How long the target may serve a cached diff after its files changed, and the time for asking. */
const TTL_MS = 30_000;
const GRACE_MS = 2000;
/** Of a deploy and a sync: an invalidation may work once and fail later, and six count as active use in the checklist's log pattern. */
const ROUNDS = 3;
const ASK_EVERY_MS = 500;

const how =
  'a deployment was replaced and synced, several times, then edited on disk, with its diff in the cache each time; put back at the end';

/** Changes one artifact in one project, as the target allows; the project's files are put back afterwards. */
export async function invalidationChecks(context: CheckContext): Promise<void> {
  const { mayChange } = context;
  if (mayChange === null) throw new Error('the target names nothing that may be changed');
  const { id, name } = artifactFor(context, mayChange.artifact);
  const project = (await projectsOf(context, id)).find((path) => path.split('/').at(-1) === mayChange.project);
  if (project === undefined) throw new Error(`${id} is not deployed to the project "${mayChange.project}"`);
  const folder = deployedFolder(project, { id, name });
  if (!existsSync(folder)) {
    context.blind('diff.invalidation', `${folder} is not on this machine, so what is changed could not be put back`);
    return;
  }
  context.keep(folder);
  const diff = { id, project };
  for (let round = 1; round <= ROUNDS; round += 1) {
    const json = { project_path: project };
    await changedByRequest(context, diff, {
      what: 'a deploy',
      round,
      path: 'deploy',
      json: { ...json, overwrite: true },
    });
    await changedByRequest(context, diff, { what: 'a sync', round, path: 'sync', json });
  }
  await changedOnDisk(context, diff, folder);
}

interface Place {
  readonly id: string;
  readonly project: string;
}

interface Change {
  readonly what: string;
  readonly round: number;
  readonly path: string;
  readonly json: unknown;
}

/** Makes a change after which the project equals the collection. */
async function changedByRequest(
  context: CheckContext,
  place: Place,
  { what, round, path, json }: Change,
): Promise<void> {
  if (!(await isInCache(context, place))) return;
  const changed = await context.request(`/artifacts/${encodeURIComponent(place.id)}/${path}`, { method: 'POST', json });
  if (changed.status !== 200) throw new Error(`${what} of ${place.id} answered ${changed.status}: ${changed.text}`);
  const next = await askForDiff(context, place, context.summaryQuery);
  context.check('diff.invalidation', {
    name: `after ${what} the next diff is fresh (${round} of ${ROUNDS})`,
    expected: 'computed, without changes',
    actual: `${servedFrom(context, next) === 'hit' ? 'from the cache' : 'computed'}, ${changesIn(next)}`,
    how,
  });
}

async function changedOnDisk(context: CheckContext, place: Place, folder: string): Promise<void> {
  if (!(await isInCache(context, place))) return;
  const before = await askForDiff(context, place, context.summaryQuery);
  const [file] = readDiff(before, place.id).files;
  if (file === undefined) throw new Error(`${place.id} has no files to change`);
  appendFileSync(join(folder, file.file_path), '\nA line that was not there before.\n');
  const changedAt = Date.now();
  let after = before;
  while (changesIn(after) === changesIn(before) && Date.now() - changedAt < TTL_MS + GRACE_MS) {
    await context.pause(ASK_EVERY_MS);
    after = await askForDiff(context, place, context.summaryQuery);
  }
  context.check('diff.invalidation', {
    name: `a change on disk shows within ${TTL_MS / 1000} s`,
    expected: 'shown',
    actual: changesIn(after) === changesIn(before) ? `still not after ${(TTL_MS + GRACE_MS) / 1000} s` : 'shown',
    how,
  });
}

/** Puts the diff into the cache: a diff that is not cached is always fresh, which would prove nothing. */
async function isInCache(context: CheckContext, place: Place): Promise<boolean> {
  await askForDiff(context, place, context.summaryQuery);
  const repeated = await askForDiff(context, place, context.summaryQuery);
  if (servedFrom(context, repeated) === 'hit') return true;
  context.blind(
    'diff.invalidation',
    'a repeated diff did not come from the cache, so there is nothing to be forgotten',
  );
  return false;
}

function changesIn(answer: CheckAnswer): string {
  return readDiff(answer, 'the diff after a change').has_changes ? 'with changes' : 'without changes';
}
