/** The three diff routes: collection against project, collection against source, source against project. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { DiffMode, FileDiff, FileSummary, Scope } from '../../contract.ts';
import { compareInFull, compareInSummary } from '../compare.ts';
import { type ApiContext, requireArtifact, requireCollection, requireProject } from '../context.ts';
import { passesBy } from '../diff-cache.ts';
import { collectionFolder, deployedFolder } from '../home.ts';
import { artifactId, isDeployed, upstreamFolder } from '../library.ts';
import { HttpProblem } from '../problems.ts';
import { diffAnswer, diffQuery, idParams, problemAnswer, projectPath } from '../schemas.ts';
import type { ArtifactPlan } from '../seed-plan.ts';

interface DiffQuery {
  readonly collection?: string;
  readonly mode?: DiffMode;
  readonly summary_only?: boolean;
  readonly file_paths?: string;
}

interface ProjectDiffQuery extends DiffQuery {
  readonly project_path: string;
}

interface DiffRequest {
  readonly plan: ArtifactPlan;
  readonly scope: Scope;
  readonly collection: string;
  readonly projectPath: string | null;
  readonly mode: DiffMode;
  readonly filePaths: readonly string[] | null;
  readonly left: string;
  readonly right: string;
  readonly isPastCache: boolean;
}

/** Adds the diff routes. */
export function addDiffRoutes(app: FastifyInstance, context: ApiContext): void {
  const { home } = context;
  app.get<{ Params: { id: string }; Querystring: ProjectDiffQuery }>(
    '/artifacts/:id/diff',
    routeOptions(context, 'Compare collection (left) and project (right)', true),
    ({ params, query, headers }, reply) => {
      const plan = requireArtifact(params.id);
      const shared = readShared(context, plan, { query, headers });
      const project = requireDeployment(context, plan, query.project_path);
      const left = collectionFolder(home, shared.collection, plan);
      const right = deployedFolder(project, plan);
      return answer(context, reply, { ...shared, scope: 'collection-vs-project', projectPath: project, left, right });
    },
  );
  app.get<{ Params: { id: string }; Querystring: DiffQuery }>(
    '/artifacts/:id/upstream-diff',
    routeOptions(context, 'Compare collection (left) and source (right)', false),
    ({ params, query, headers }, reply) => {
      const plan = requireArtifact(params.id);
      const shared = readShared(context, plan, { query, headers });
      const left = collectionFolder(home, shared.collection, plan);
      const right = requireUpstream(home, plan);
      return answer(context, reply, { ...shared, scope: 'source-vs-collection', projectPath: null, left, right });
    },
  );
  app.get<{ Params: { id: string }; Querystring: ProjectDiffQuery }>(
    '/artifacts/:id/source-project-diff',
    routeOptions(context, 'Compare source (left) and project (right)', true),
    ({ params, query, headers }, reply) => {
      const plan = requireArtifact(params.id);
      const shared = readShared(context, plan, { query, headers });
      const left = requireUpstream(home, plan);
      const project = requireDeployment(context, plan, query.project_path);
      const right = deployedFolder(project, plan);
      return answer(context, reply, { ...shared, scope: 'source-vs-project', projectPath: project, left, right });
    },
  );
}

function routeOptions({ conventions }: ApiContext, summary: string, needsProject: boolean) {
  const shared = diffQuery(conventions);
  const querystring = needsProject
    ? { type: 'object', required: ['project_path'], properties: { project_path: projectPath, ...shared } }
    : { type: 'object', properties: shared };
  const response = { 200: diffAnswer, 400: problemAnswer, 404: problemAnswer, 422: problemAnswer };
  return { config: { kind: 'diff' as const }, schema: { summary, params: idParams, querystring, response } };
}

interface AskedForDiff {
  readonly query: DiffQuery;
  readonly headers: { readonly 'cache-control'?: string | undefined };
}

function readShared({ conventions }: ApiContext, plan: ArtifactPlan, { query, headers }: AskedForDiff) {
  const { mode = 'full', summary_only: summaryOnly = false } = query;
  const asked = conventions.summaryParameter === 'mode' ? mode : summaryOnly ? 'summary' : 'full';
  const paths = query.file_paths?.split(',').filter((path) => path !== '');
  return {
    plan,
    collection: requireCollection(query.collection),
    mode: asked,
    filePaths: paths?.length ? paths : null,
    isPastCache: passesBy(headers['cache-control']),
  };
}

function requireUpstream(home: string, plan: ArtifactPlan): string {
  const folder = upstreamFolder(home, plan);
  if (folder === null) throw new HttpProblem(400, `Artifact '${artifactId(plan)}' has no upstream source`);
  return folder;
}

function requireDeployment(context: ApiContext, plan: ArtifactPlan, projectPath: string): string {
  const project = requireProject(context.home, projectPath);
  if (!isDeployed(context, plan, project)) {
    throw new HttpProblem(404, `Artifact '${artifactId(plan)}' is not deployed to '${projectPath}'`);
  }
  return project;
}

async function answer(context: ApiContext, reply: FastifyReply, request: DiffRequest): Promise<FastifyReply> {
  const { plan, projectPath, collection, scope, mode, filePaths, isPastCache } = request;
  if (isPastCache) return send(context, reply, { body: await compute(context, request), cache: 'BYPASS' });
  const key = { artifactId: artifactId(plan), projectPath, collection, scope, mode, filePaths };
  const { body, isHit } = await context.cache.answer(key, () => compute(context, request));
  context.metrics.countCacheAnswer(isHit);
  if (!context.conventions.reportsCache) logUpstream(context, request, isHit);
  else if (isHit) context.logger.info(`Diff cache hit for ${key.artifactId}: ${scope}, ${mode}`);
  return send(context, reply, { body, cache: isHit ? 'HIT' : 'MISS' });
}

interface Answer {
  readonly body: string;
  readonly cache: 'HIT' | 'MISS' | 'BYPASS';
}

function send({ conventions }: ApiContext, reply: FastifyReply, { body, cache }: Answer): FastifyReply {
  if (conventions.reportsCache) reply.header('X-Cache', cache);
  return reply.type('application/json; charset=utf-8').send(body);
}

/** The log line of the real application's cache, which holds what it fetched from upstream. */
function logUpstream({ logger }: ApiContext, { plan, scope, collection }: DiffRequest, isHit: boolean): void {
  if (scope === 'collection-vs-project') return;
  const id = artifactId(plan);
  if (isHit) logger.info(`Upstream cache hit: ${id}:${collection} (age=1.0s)`);
  else if (scope === 'source-vs-collection') logger.info(`Fetching upstream update for ${id}`);
  else logger.info(`Fetching upstream for source-project diff: ${id}`);
}

async function compute({ logger, conventions }: ApiContext, request: DiffRequest): Promise<string> {
  const { plan, scope, collection, projectPath, mode, left, right, filePaths: paths } = request;
  const startedAt = performance.now();
  const comparison = { left, right, paths };
  const { files, summary } = mode === 'summary' ? await compareInSummary(comparison) : await compareInFull(comparison);
  const hasChanges = summary.added + summary.modified + summary.deleted > 0;
  const elapsedMs = Number((performance.now() - startedAt).toFixed(2));
  const counts = JSON.stringify(summary);
  const what = conventions.reportsCache ? `${scope}, ${mode}, ` : '';
  logger.info(
    { operation: 'perf.diff.compute', elapsedMs },
    `Diff computed for ${artifactId(plan)}: ${what}${files.length} files, has_changes=${hasChanges}, summary=${counts}`,
  );
  return JSON.stringify({
    artifact_id: artifactId(plan),
    artifact_name: plan.name,
    artifact_type: plan.type,
    collection_name: collection,
    ...(projectPath === null ? {} : { project_path: projectPath }),
    ...(scope === 'source-vs-collection' ? { upstream_source: plan.repository, upstream_version: plan.version } : {}),
    has_changes: hasChanges,
    files: mode === 'summary' && !conventions.summaryCountsLines ? files.map(withoutCounts) : files,
    summary,
  });
}

function withoutCounts({ file_path, status, collection_hash, project_hash }: FileDiff | FileSummary): FileDiff {
  return { file_path, status, collection_hash, project_hash, unified_diff: null };
}
