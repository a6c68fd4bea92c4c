/** Checks that cached diffs equal fresh ones, and are never those of another project or collection. */
import { randomUUID } from 'node:crypto';
import type { CheckAnswer, CheckContext } from '../../harness/model/check.ts';
import {
  artifactFor,
  askForDiff,
  askUncached,
  type Diff,
  projectsOf,
  readDiff,
  servedFrom,
  withoutFields,
} from './diff-api.ts';

/** Concurrent requests: as many as a browser has connections to one host. */
const AT_ONCE = 6;

export async function cacheChecks(context: CheckContext): Promise<void> {
  if (context.uncached === null) {
    context.notTried('past the cache', 'the target offers no way to ask past its cache (targets.*.uncached)');
  }
  for (const part of ['small', 'manyDeployments', 'large']) await compareWithFresh(context, part);
  await isolateProjects(context);
  await isolateCollections(context);
}

interface Question {
  readonly id: string;
  readonly project: string;
  readonly query: readonly string[];
}

/** Requests a diff twice, so that the second answer comes from the cache. */
async function cachedDiff(context: CheckContext, { id, project, query }: Question): Promise<CheckAnswer> {
  await askForDiff(context, { id, project }, ...query);
  return askForDiff(context, { id, project }, ...query);
}

/**
 * Requests the same diff in a form that is new to the cache: all files by name, and one that does not exist. The answer must
 * be computed.
 */
function freshDiff(context: CheckContext, { id, project, query }: Question, like: Diff): Promise<CheckAnswer> {
  const paths = [...like.files.map(({ file_path: path }) => path), `asked-by-rampgate-${randomUUID()}`];
  return askForDiff(context, { id, project }, ...query, `file_paths=${encodeURIComponent(paths.join(','))}`);
}

const equalHow =
  'cached diffs beside fresh ones, byte by byte: the same question asked twice, and once in a form that was never asked';

async function compareWithFresh(context: CheckContext, part: string): Promise<void> {
  const { id } = artifactFor(context, part);
  const [project] = await projectsOf(context, id);
  for (const mode of [context.summaryQuery, null]) {
    const question = { id, project, query: mode === null ? [] : [mode] };
    const what = `${id}, ${mode ?? 'no mode'}`;
    const cached = await cachedDiff(context, question);
    const fresh = await freshDiff(context, question, readDiff(cached, what));
    if (!isCachedAndFresh(context, cached, fresh)) return;
    record(context, { name: `${what}: cached equals fresh`, ...compared(cached, fresh) });
    await agreeAtOnce(context, question, fresh);
    if (!(await compareUncached(context, question, cached))) return;
  }
}

/** Whether one answer came from the cache and the other did not: two fresh answers would always be equal. */
function isCachedAndFresh(context: CheckContext, cached: CheckAnswer, fresh: CheckAnswer): boolean {
  const [ofCached, ofFresh] = [servedFrom(context, cached), servedFrom(context, fresh)];
  if (ofCached === 'hit' && ofFresh === 'miss') return true;
  const { cacheHeader } = context;
  const said =
    cacheHeader === null
      ? 'no answer says whether it came from a cache'
      : `${cacheHeader} of a repeated diff said ${ofCached ?? 'nothing'}, and of one that was never asked ${ofFresh ?? 'nothing'}, instead of hit and miss`;
  context.blind('diff.cached-equals-fresh', `a cached diff could not be told from a fresh one: ${said}`);
  return false;
}

const uncachedHow = 'the same question asked in the way that the target offers to ask past its cache';

/** Resolves to whether a comparison was possible: an answer that claims to be a hit did not bypass the cache. */
async function compareUncached(context: CheckContext, question: Question, cached: CheckAnswer): Promise<boolean> {
  const { uncached } = context;
  if (uncached === null) return true;
  const answer = await askUncached(context, uncached, question);
  const name = `${question.id}, ${question.query[0] ?? 'no mode'}: the same past the cache`;
  const isHit = servedFrom(context, answer) === 'hit';
  if (isHit || answer.status !== 200) {
    const said = isHit ? 'said that it is a hit' : `had status ${answer.status}`;
    context.blind('diff.cached-equals-fresh', `${name}: what was asked past the cache ${said}`);
    return false;
  }
  const without = (one: CheckAnswer) => ({ ...one, text: withoutFields(one.text, uncached.ignoring) });
  context.check('diff.cached-equals-fresh', { name, ...compared(without(cached), without(answer)), how: uncachedHow });
  return true;
}

async function agreeAtOnce(context: CheckContext, question: Question, fresh: CheckAnswer): Promise<void> {
  const path = `asked-at-once-${randomUUID()}`;
  const all = [...readDiff(fresh, question.id).files.map(({ file_path: one }) => one), path];
  const query = [...question.query, `file_paths=${encodeURIComponent(all.join(','))}`];
  const answers = await Promise.all(
    Array.from({ length: AT_ONCE }, () =>
      askForDiff(context, { id: question.id, project: question.project }, ...query),
    ),
  );
  const different = answers.filter(({ text }) => text !== fresh.text).length;
  record(context, {
    name: `${question.id}, ${question.query[0] ?? 'no mode'}: ${AT_ONCE} at once agree with the one before them`,
    expected: 'all equal',
    actual: different === 0 ? 'all equal' : `${different} of ${AT_ONCE} differ`,
  });
}

interface Statement {
  readonly name: string;
  readonly expected: string;
  readonly actual: string;
}

function record({ check }: CheckContext, statement: Statement): void {
  check('diff.cached-equals-fresh', { ...statement, how: equalHow });
}

function compared(cached: CheckAnswer, fresh: CheckAnswer): Omit<Statement, 'name'> {
  if (cached.text === fresh.text) return { expected: 'equal', actual: 'equal' };
  const at = [...cached.text].findIndex((letter, index) => letter !== fresh.text[index]);
  const around = (text: string): string => text.slice(Math.max(0, at - 40), at + 40);
  return {
    expected: `equal: …${around(fresh.text)}…`,
    actual: `status ${cached.status}, different from byte ${at} on: …${around(cached.text)}…`,
  };
}

const isolationHow =
  'the same artifact in every project and collection, asked for in turn, twice, beside fresh answers';

async function isolateProjects(context: CheckContext): Promise<void> {
  const { id } = artifactFor(context, 'manyDeployments');
  const projects = await projectsOf(context, id);
  if (projects.length < 2) {
    context.blind(
      'diff.key-isolation',
      `${id} is deployed to fewer than two projects, so none can be taken for another`,
    );
    return;
  }
  const ask = (project: string) => askForDiff(context, { id, project }, context.summaryQuery);
  // All diffs are in the cache before any is requested again.
  for (const project of projects) await ask(project);
  for (const project of projects) {
    const answer = readDiff(await ask(project), `${id} in ${project}`);
    await checkOwnDiff(context, { id, project, query: [context.summaryQuery] }, answer);
  }
}

async function isolateCollections(context: CheckContext): Promise<void> {
  const { collections } = context;
  const { id } = artifactFor(context, 'small');
  if (collections.length < 2) {
    const message = `the target names ${collections.length === 1 ? 'one collection' : 'no collections'}, so none can be taken for another`;
    context.blind('diff.key-isolation', message);
    return;
  }
  const [project] = await projectsOf(context, id);
  const queryOf = (collection: string) => [context.summaryQuery, `collection=${collection}`];
  for (const collection of collections) await askForDiff(context, { id, project }, ...queryOf(collection));
  for (const collection of collections) {
    const question = { id, project, query: queryOf(collection) };
    const answer = readDiff(await askForDiff(context, question, ...question.query), `${id} of ${collection}`);
    context.check('diff.key-isolation', {
      name: `${id}: asked for collection ${collection}`,
      expected: collection,
      actual: answer.collection_name,
      how: isolationHow,
    });
    await checkOwnDiff(context, question, answer);
  }
}

async function checkOwnDiff(context: CheckContext, question: Question, answer: Diff): Promise<void> {
  const { id, project, query } = question;
  const fresh = readDiff(await freshDiff(context, question, answer), `${id} in ${project}, fresh`);
  const files = (one: Diff): string => JSON.stringify(one.files);
  context.check('diff.key-isolation', {
    name: `${id} in ${project}, ${query.join(', ')}: its own diff`,
    expected: project,
    actual: files(answer) === files(fresh) ? (answer.project_path ?? 'no project named') : 'the files of another diff',
    how: isolationHow,
  });
}
