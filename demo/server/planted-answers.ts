/** Planted faults that change answers: diffs, headers, the OpenAPI document, and what a sync writes. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Diff } from '../contract.ts';
import type { Conventions } from '../conventions.ts';
import type { PlantedFaults } from '../faults.ts';
import { collectionFolder } from './home.ts';
import { findArtifact } from './library.ts';
import { defaultCollection } from './seed-plan.ts';
import { listFiles } from './tree.ts';

/** Adds the hooks that change answers. */
export function plantAnswers(
  app: FastifyInstance,
  planted: PlantedFaults,
  parameter: Conventions['summaryParameter'],
): void {
  plantCacheHeader(app, planted);
  plantModes(app, planted, parameter);
  plantDocument(app, planted, parameter);
  plantBodies(app, planted);
  plantTextsInSummary(app, planted, parameter);
  plantMissingField(app, planted);
}

function plantCacheHeader(app: FastifyInstance, planted: PlantedFaults): void {
  const change = cacheHeaderChange(planted);
  if (change === null) return;
  app.addHook('onSend', async (_request, reply) => {
    if (reply.hasHeader('X-Cache')) change(reply);
  });
}

function cacheHeaderChange(planted: PlantedFaults): ((reply: FastifyReply) => void) | null {
  if (planted.has('no-cache-header')) return (reply) => reply.removeHeader('X-Cache');
  if (planted.has('cache-lies')) return (reply) => reply.header('X-Cache', 'HIT');
  return null;
}

function plantModes(app: FastifyInstance, planted: PlantedFaults, parameter: Conventions['summaryParameter']): void {
  if (!planted.has('summary-ignored') && !planted.has('summary-by-default')) return;
  app.addHook('preHandler', async (request) => {
    if (request.routeOptions.config.kind !== 'diff') return;
    const query = request.query as { mode: string; summary_only: boolean };
    const ask = (forSummary: boolean): void => {
      query.mode = forSummary ? 'summary' : 'full';
      query.summary_only = forSummary;
    };
    if (planted.has('summary-ignored')) ask(false);
    if (planted.has('summary-by-default') && !new RegExp(`[?&]${parameter}=`).test(request.url)) ask(true);
  });
}

function plantDocument(app: FastifyInstance, planted: PlantedFaults, parameter: Conventions['summaryParameter']): void {
  if (!planted.has('undocumented-mode') && !planted.has('no-openapi')) return;
  app.addHook('onSend', async (request, reply, payload) => {
    if (!request.url.endsWith('/openapi.json') || typeof payload !== 'string') return payload;
    if (planted.has('no-openapi')) {
      reply.code(404);
      return '{"detail":"Not Found"}';
    }
    return payload.replaceAll(`"name":"${parameter}"`, '"name":"view"');
  });
}

/** Changes the text of every diff. */
function plantBodies(app: FastifyInstance, planted: PlantedFaults): void {
  const change = bodyChange(planted);
  if (change === null) return;
  app.addHook('onSend', async (request, reply, payload) =>
    request.routeOptions.config.kind === 'diff' && typeof payload === 'string' ? change(payload, reply) : payload,
  );
}

function bodyChange(planted: PlantedFaults): ((body: string, reply: FastifyReply) => string) | null {
  if (planted.has('stale-cache')) {
    return (body, reply) =>
      reply.getHeader('X-Cache') === 'HIT' ? body.replace('"status":"modified"', '"status":"unchanged"') : body;
  }
  if (planted.has('summary-miscounts')) {
    return (body) => body.replace(/"additions":(\d+)/, (_, count: string) => `"additions":${Number(count) + 1}`);
  }
  if (planted.has('renamed-field')) return (body) => body.replace('"artifact_name":', '"artifactName":');
  return null;
}

/** Puts the texts of the whole diff into the summary. */
function plantTextsInSummary(
  app: FastifyInstance,
  planted: PlantedFaults,
  parameter: Conventions['summaryParameter'],
): void {
  if (!planted.has('summary-with-texts')) return;
  app.addHook('onSend', async ({ url, routeOptions }, _reply, payload) => {
    const isSummary = new RegExp(`[?&]${parameter}=(?:summary|true)`).test(url);
    if (routeOptions.config.kind !== 'diff' || !isSummary || typeof payload !== 'string') return payload;
    const whole = await app.inject({
      url: url.replace(`${parameter}=`, 'without='),
      headers: { 'cache-control': 'no-store' },
    });
    const texts = new Map(whole.json<Diff>().files.map((file) => [file.file_path, file.unified_diff]));
    const summary = JSON.parse(payload) as Diff;
    const files = summary.files.map((file) => ({ ...file, unified_diff: texts.get(file.file_path) }));
    return JSON.stringify({ ...summary, files });
  });
}

function plantMissingField(app: FastifyInstance, planted: PlantedFaults): void {
  if (!planted.has('field-removed')) return;
  app.addHook('onSend', async ({ method, routeOptions }, _reply, payload) =>
    method === 'GET' && routeOptions.config.kind === 'deployments' && typeof payload === 'string'
      ? payload.replaceAll(/,"sync_status":"\w+"/g, '')
      : payload,
  );
}

/** A sync adds a wrong line to a file of the collection. */
export function plantGarbledSync(app: FastifyInstance, planted: PlantedFaults, home: string): void {
  if (!planted.has('garbled-sync')) return;
  app.addHook('onSend', async ({ params, routeOptions }) => {
    const plan = findArtifact((params as { readonly id?: string } | null)?.id ?? '');
    if (plan === null || routeOptions.url?.endsWith('/sync') !== true) return;
    const folder = collectionFolder(home, defaultCollection, plan);
    const [file = 'SKILL.md'] = listFiles(folder);
    appendFileSync(join(folder, file), 'A line that nobody wrote.\n');
  });
}
