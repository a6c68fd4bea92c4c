/** What is deployed where, and the requests that change it. */
import { cpSync, rmSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { type ApiContext, requireArtifact, requireCollection, requireProject } from '../context.ts';
import { collectionFolder, deployedFolder } from '../home.ts';
import { artifactId, describeDeployments, isDeployed, projectPaths, upstreamFolder } from '../library.ts';
import { HttpProblem } from '../problems.ts';
import { anyObject, collection, idParams, problemAnswer, projectPath } from '../schemas.ts';
import type { ArtifactPlan } from '../seed-plan.ts';
import { hashTree, listFiles } from '../tree.ts';

interface DeployRequest {
  readonly plan: ArtifactPlan;
  readonly collection: string;
  readonly projectPath: string;
}

const response = { 200: anyObject, 400: problemAnswer, 404: problemAnswer, 422: problemAnswer };
const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;

/** Adds the routes about deployments. */
export function addDeploymentRoutes(app: FastifyInstance, context: ApiContext): void {
  addList(app, context);
  addDeploy(app, context);
  addUndeploy(app, context);
  addArtifactDeploy(app, context);
  addArtifactSync(app, context);
}

function addList(app: FastifyInstance, context: ApiContext): void {
  const querystring = { type: 'object', properties: { project_path: projectPath, profile_id: text } };
  app.get<{ Querystring: { project_path?: string } }>(
    '/deploy',
    {
      config: { kind: 'deployments' },
      schema: { summary: 'List the deployments of a project (default: the first project)', querystring, response },
    },
    ({ query }) => {
      const project = requireProject(context.home, query.project_path ?? projectPaths(context.home)[0] ?? '');
      const deployments = describeDeployments(context, project);
      const ids = deployments.map(({ artifact_type, artifact_name }) => `${artifact_type}:${artifact_name}`);
      return { project_path: project, deployments, deployments_by_profile: { default: ids }, total: ids.length };
    },
  );
}

interface DeployBody {
  readonly artifact_id: string;
  readonly artifact_name: string;
  readonly artifact_type: string;
  readonly project_path?: string;
  readonly collection_name?: string;
  readonly overwrite: boolean;
}

function addDeploy(app: FastifyInstance, context: ApiContext): void {
  const properties = {
    artifact_id: text,
    artifact_name: text,
    artifact_type: text,
    project_path: projectPath,
    collection_name: text,
    overwrite: flag,
  };
  const body = { type: 'object', required: ['artifact_id', 'artifact_name', 'artifact_type'], properties };
  app.post<{ Body: DeployBody }>(
    '/deploy',
    { schema: { summary: 'Deploy an artifact to a project', body, response: { ...response, 409: problemAnswer } } },
    ({ body: wish }) => {
      const plan = requireArtifact(wish.artifact_id);
      const target = requireProject(context.home, wish.project_path ?? projectPaths(context.home)[0] ?? '');
      if (isDeployed(context, plan, target) && !wish.overwrite) {
        throw new HttpProblem(409, `Artifact '${wish.artifact_id}' is already deployed to '${target}'`);
      }
      const source = requireCollection(wish.collection_name);
      const deployedAt = deploy(context, { plan, collection: source, projectPath: target });
      return {
        ...success(plan, 'Deployed'),
        deployment_id: `${artifactId(plan)}@${target}`,
        project_path: target,
        deployed_path: deployedFolder(target, plan),
        deployed_at: deployedAt,
        deployed_profiles: ['default'],
      };
    },
  );
}

function addUndeploy(app: FastifyInstance, context: ApiContext): void {
  const properties = { artifact_name: text, artifact_type: text, project_path: projectPath };
  const body = { type: 'object', required: ['artifact_name', 'artifact_type', 'project_path'], properties };
  app.post<{ Body: { artifact_name: string; artifact_type: string; project_path: string } }>(
    '/deploy/undeploy',
    { schema: { summary: 'Remove an artifact from a project', body, response } },
    ({ body: wish }) => {
      const plan = requireArtifact(`${wish.artifact_type}:${wish.artifact_name}`);
      const target = requireProject(context.home, wish.project_path);
      if (!isDeployed(context, plan, target))
        throw new HttpProblem(404, `'${artifactId(plan)}' is not deployed to '${target}'`);
      rmSync(deployedFolder(target, plan), { recursive: true, force: true });
      context.deployments.forget(target, artifactId(plan));
      invalidate(context, plan, 'undeploy');
      return { ...success(plan, 'Undeployed'), project_path: target };
    },
  );
}

function addArtifactDeploy(app: FastifyInstance, context: ApiContext): void {
  const strategy = { type: 'string', enum: ['overwrite'], default: 'overwrite' } as const;
  const properties = { project_path: projectPath, overwrite: flag, strategy };
  const body = { type: 'object', required: ['project_path'], properties };
  const querystring = { type: 'object', properties: { collection } };
  app.post<{ Params: { id: string }; Querystring: { collection?: string }; Body: { project_path: string } }>(
    '/artifacts/:id/deploy',
    { schema: { summary: 'Replace a deployment by the collection', params: idParams, querystring, body, response } },
    ({ params, query, body: wish }) => {
      const plan = requireArtifact(params.id);
      const target = requireProject(context.home, wish.project_path);
      deploy(context, { plan, collection: requireCollection(query.collection), projectPath: target });
      return { ...success(plan, 'Deployed'), deployed_path: deployedFolder(target, plan), strategy: 'overwrite' };
    },
  );
}

function addArtifactSync(app: FastifyInstance, context: ApiContext): void {
  const strategy = { type: 'string', enum: ['theirs'], default: 'theirs' } as const;
  const body = { type: 'object', properties: { project_path: projectPath, force: flag, strategy } };
  const querystring = { type: 'object', properties: { collection } };
  const summary = 'Take the project (or without one the source) into the collection';
  app.post<{ Params: { id: string }; Querystring: { collection?: string }; Body: { project_path?: string } }>(
    '/artifacts/:id/sync',
    { schema: { summary, params: idParams, querystring, body, response } },
    ({ params, query, body: wish }) => {
      const plan = requireArtifact(params.id);
      const from =
        wish.project_path === undefined
          ? upstreamFolder(context.home, plan)
          : deployedFolder(requireProject(context.home, wish.project_path), plan);
      const files = from === null ? [] : listFiles(from);
      if (from === null || files.length === 0) throw new HttpProblem(404, `'${artifactId(plan)}' has nothing to take`);
      replaceFolder(from, collectionFolder(context.home, requireCollection(query.collection), plan));
      invalidate(context, plan, 'sync');
      return { ...success(plan, 'Synced'), updated_version: plan.version, synced_files_count: files.length };
    },
  );
}

function deploy(context: ApiContext, { plan, collection: from, projectPath: target }: DeployRequest): string {
  const source = collectionFolder(context.home, from, plan);
  const deployedAt = new Date().toISOString();
  replaceFolder(source, deployedFolder(target, plan));
  const collectionHash = hashTree(source);
  context.deployments.record(target, { artifactId: artifactId(plan), collection: from, deployedAt, collectionHash });
  invalidate(context, plan, 'deploy');
  return deployedAt;
}

function replaceFolder(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true });
}

function invalidate(context: ApiContext, plan: ArtifactPlan, reason: string): void {
  const { cache, drift, metrics, logger, conventions, print, logsInvalidations } = context;
  drift.clear();
  const evicted = cache.invalidate(artifactId(plan));
  if (!conventions.reportsCache) print(`Warning: ${reason} of ${artifactId(plan)} replaced what was there`);
  if (evicted === null || !conventions.reportsCache) return;
  metrics.countInvalidation();
  if (!logsInvalidations) return;
  logger.info({ evicted, reason }, `cache_invalidated: diff answers of ${artifactId(plan)}`);
}

function success(plan: ArtifactPlan, word: string) {
  return {
    success: true,
    message: `${word} ${artifactId(plan)}`,
    artifact_name: plan.name,
    artifact_type: plan.type,
  };
}
