/** Lists and details of artifacts. */
import type { FastifyInstance } from 'fastify';
import type { Artifact, Page } from '../../contract.ts';
import { type ApiContext, requireArtifact, requireCollection } from '../context.ts';
import { collectionFolder } from '../home.ts';
import { artifactId, describeArtifact, describeAssociations } from '../library.ts';
import { pageOf } from '../pages.ts';
import { anyObject, collection, idParams, pageQuery, problemAnswer } from '../schemas.ts';
import { artifactPlans } from '../seed-plan.ts';
import { listFiles } from '../tree.ts';

interface ListQuery {
  readonly limit: number;
  readonly after?: string;
  readonly artifact_type?: string;
  readonly collection?: string;
  readonly search?: string;
}

const response = { 200: anyObject, 400: problemAnswer, 404: problemAnswer, 422: problemAnswer };

/** Adds the routes that read artifacts. */
export function addArtifactRoutes(app: FastifyInstance, context: ApiContext): void {
  const text = { type: 'string' };
  const listQuery = { ...pageQuery(20, 500), artifact_type: text, search: text, collection };
  app.get<{ Querystring: ListQuery }>(
    '/artifacts',
    { schema: { summary: 'List artifacts', querystring: { type: 'object', properties: listQuery }, response } },
    ({ query }): Page<Artifact> => {
      requireCollection(query.collection);
      const artifacts = artifactPlans
        .filter((plan) => !query.artifact_type || query.artifact_type.split(',').includes(plan.type))
        .filter((plan) => !query.search || artifactId(plan).includes(query.search))
        .map((plan) => describeArtifact(context, plan));
      return pageOf(artifacts, query.limit, query.after);
    },
  );
  const detailQuery = { type: 'object', properties: { collection, include_deployments: { type: 'boolean' } } };
  app.get<{ Params: { id: string }; Querystring: { collection?: string } }>(
    '/artifacts/:id',
    { schema: { summary: 'Describe an artifact', params: idParams, querystring: detailQuery, response } },
    ({ params, query }) => {
      requireCollection(query.collection);
      return describeArtifact(context, requireArtifact(params.id));
    },
  );
  app.get<{ Params: { id: string } }>(
    '/artifacts/:id/associations',
    { schema: { summary: 'What an artifact needs and what needs it', params: idParams, response } },
    ({ params }) => describeAssociations(requireArtifact(params.id)),
  );
  app.get<{ Params: { id: string }; Querystring: { collection?: string } }>(
    '/artifacts/:id/files',
    { schema: { summary: 'The files of an artifact in a collection', params: idParams, response } },
    ({ params, query }) => {
      const plan = requireArtifact(params.id);
      return { files: listFiles(collectionFolder(context.home, requireCollection(query.collection), plan)) };
    },
  );
}
