/** Checks the API contract: the summary beside the full diff, the answer for old clients, and the OpenAPI document. */
import { z } from 'zod';
import type { CheckContext } from '../../harness/model/check.ts';
import { artifactFor, askForDiff, type Diff, diffRoute, projectsOf, readDiff, sizeOf } from './diff-api.ts';
import { openApiDocument } from './openapi-document.ts';

/** A recorded diff for old clients; `contract.legacy-default` compares today's fields with it. */
import recorded from './recorded/legacy-diff.json' with { type: 'json' };

const PARTS = ['small', 'manyDeployments', 'large'] as const;

export async function contractChecks(context: CheckContext): Promise<void> {
  await checkDocument(context);
  for (const part of PARTS) await checkModes(context, part);
}

// --------------------------------------------------------------------------------- summary and default

async function checkModes(context: CheckContext, part: string): Promise<void> {
  const { summaryQuery } = context;
  const { id } = artifactFor(context, part);
  const [project] = await projectsOf(context, id);
  const summaryAnswer = await askForDiff(context, { id, project }, summaryQuery);
  const legacyAnswer = await askForDiff(context, { id, project });
  const summary = readDiff(summaryAnswer, `${id} with ${summaryQuery}`);
  const legacy = readDiff(legacyAnswer, `${id} without a mode`);
  checkSummary(context, id, { summary, legacy });
  checkLegacy(context, id, legacy);
  if (part === 'large') {
    const [small, whole] = [summaryAnswer.text, legacyAnswer.text];
    context.check('contract.summary-mode', {
      name: `${id}: the summary is much smaller than the whole diff`,
      expected: 'less than half',
      actual: small.length * 2 < whole.length ? 'less than half' : `${sizeOf(small)} of ${sizeOf(whole)}`,
      how: summaryHow(summaryQuery),
    });
  }
}

interface BothModes {
  readonly summary: Diff;
  readonly legacy: Diff;
}

function checkSummary(context: CheckContext, id: string, { summary, legacy }: BothModes): void {
  const { check, summaryQuery, summaryCountsLines } = context;
  const say = (name: string, expected: string, actual: string): void =>
    check('contract.summary-mode', { name: `${id}: ${name}`, expected, actual, how: summaryHow(summaryQuery) });
  const withText = summary.files.filter((file) => file.unified_diff != null).length;
  say(
    `${summaryQuery} leaves the texts out`,
    'no file with unified_diff',
    withText === 0
      ? 'no file with unified_diff'
      : `${withText} of ${summary.files.length} files with it${isSame(summary, legacy) ? `: ${summaryQuery} is ignored` : ''}`,
  );
  say('the same files in the same states', statesOf(legacy), statesOf(summary));
  say('the same numbers of files', JSON.stringify(legacy.summary), JSON.stringify(summary.summary));
  if (summaryCountsLines) say('additions and deletions as the texts have them', countedIn(legacy), statedIn(summary));
  else say('no additions and deletions, as the target is configured', 'none', statedIn(summary) || 'none');
}

function summaryHow(summaryQuery: string): string {
  return `diffs with ${summaryQuery} beside the same diffs without it, of ${PARTS.length} artifacts`;
}

function isSame(a: Diff, b: Diff): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function statesOf({ files }: Diff): string {
  return files.map(({ file_path: path, status }) => `${path} ${status}`).join(', ');
}

/** Lines that start with the sign, below the first hunk's head. */
function countLines(text: string, sign: '+' | '-'): number {
  const lines = text.split('\n');
  return lines.slice(lines.findIndex((line) => line.startsWith('@@'))).filter((line) => line.startsWith(sign)).length;
}

function countedIn({ files }: Diff): string {
  return files
    .flatMap(({ file_path: path, unified_diff: text }) =>
      text == null ? [] : [`${path} +${countLines(text, '+')} −${countLines(text, '-')}`],
    )
    .join(', ');
}

function statedIn({ files }: Diff): string {
  return files
    .flatMap(({ file_path: path, additions, deletions }) =>
      additions == null || deletions == null ? [] : [`${path} +${additions} −${deletions}`],
    )
    .join(', ');
}

function checkLegacy({ check }: CheckContext, id: string, legacy: Diff): void {
  const how = 'diffs without a mode, as clients from before the refactor ask for them, beside a recorded one';
  const [expected, actual] = [shapeOf(recorded), shapeOf(legacy)];
  const missing = [...expected].filter((field) => !actual.has(field));
  check('contract.legacy-default', {
    name: `${id}: has every field that old clients know`,
    expected: 'nothing missing',
    actual: missing.length === 0 ? 'nothing missing' : `missing: ${missing.join(', ')}`,
    how,
  });
  const modified = legacy.files.filter(({ status }) => status === 'modified');
  const withText = modified.filter(({ unified_diff: text }) => typeof text === 'string' && text.includes('@@'));
  check('contract.legacy-default', {
    name: `${id}: every modified file comes with its text`,
    expected: `${modified.length} of ${modified.length}`,
    actual: `${withText.length} of ${modified.length}`,
    how,
  });
}

/** Every field by its path, with `[]` for the entries of a list: `files[].status`. */
function shapeOf(value: unknown, path = ''): ReadonlySet<string> {
  if (Array.isArray(value)) return new Set(value.flatMap((one) => [...shapeOf(one, `${path}[]`)]));
  if (typeof value !== 'object' || value === null) return new Set([path]);
  return new Set(
    Object.entries(value).flatMap(([name, field]) => [...shapeOf(field, path === '' ? name : `${path}.${name}`)]),
  );
}

// ----------------------------------------------------------------------------------------- the document

const parameter = z.looseObject({
  name: z.string(),
  in: z.string(),
  required: z.boolean().default(false),
  schema: z
    .looseObject({
      type: z.unknown().optional(),
      enum: z.array(z.unknown()).optional(),
      default: z.unknown().optional(),
    })
    .default({}),
});

const document = z.looseObject({
  paths: z.record(
    z.string(),
    z.looseObject({
      get: z
        .looseObject({
          parameters: z.array(parameter).default([]),
          responses: z.record(z.string(), z.unknown()).default({}),
        })
        .optional(),
    }),
  ),
});

type Operation = NonNullable<z.infer<typeof document>['paths'][string]['get']>;

const documentHow = `the target's OpenAPI document beside what GET ${diffRoute} really answers`;

async function checkDocument(context: CheckContext): Promise<void> {
  const found = await readOperation(context);
  if (typeof found === 'string') {
    context.blind('contract.openapi', found);
    return;
  }
  const say = (name: string, expected: string, actual: string): void =>
    context.check('contract.openapi', { name, expected, actual, how: documentHow });
  checkParameter(context, found, say);
  await checkBehaviour(context, found, say);
}

type Say = (name: string, expected: string, actual: string) => void;

/** Resolves to a string with the reason where there is no operation. */
async function readOperation(context: CheckContext): Promise<Operation | string> {
  const found = await openApiDocument(context);
  if (typeof found === 'string') return found;
  const { place } = found;
  const parsed = document.safeParse(found.parsed);
  if (!parsed.success) return `${place} is not an OpenAPI document: ${z.prettifyError(parsed.error)}`;
  const entry = Object.entries(parsed.data.paths).find(([path]) =>
    path.replace(/\{[^}]+\}/, '{id}').endsWith(diffRoute),
  );
  return entry?.[1].get ?? `the OpenAPI document at ${place} has no GET ${diffRoute}`;
}

function checkParameter({ summaryQuery }: CheckContext, { parameters }: Operation, say: Say): void {
  const [name = '', value = ''] = summaryQuery.split('=');
  const documented = parameters.find((one) => one.in === 'query' && one.name === name);
  const offers = parameters.filter((one) => one.in === 'query').map((one) => one.name);
  say(
    `${name} is documented`,
    'a query parameter',
    documented === undefined ? `not there; the document offers ${offers.join(', ') || 'none'}` : 'a query parameter',
  );
  if (documented === undefined) return;
  say('it is optional, as additive parameters are', 'optional', documented.required ? 'required' : 'optional');
  const values = valuesOf(documented.schema);
  if (values !== null) say(`it can be ${value}`, value, values.includes(value) ? value : `one of ${values.join(', ')}`);
  say(
    'its default is not the summary, so that old clients get what they know',
    `not ${value}`,
    String(documented.schema.default) === value ? value : `not ${value}`,
  );
}

/** Null: any value is allowed. */
function valuesOf({ enum: listed, type }: z.infer<typeof parameter>['schema']): readonly string[] | null {
  return listed?.map(String) ?? (type === 'boolean' ? ['true', 'false'] : null);
}

async function checkBehaviour(context: CheckContext, { parameters, responses }: Operation, say: Say): Promise<void> {
  const { request, summaryQuery } = context;
  const { id } = artifactFor(context, 'small');
  const [project] = await projectsOf(context, id);
  const documented = (status: number): string => {
    const known = responses[String(status)] !== undefined || responses[`${String(status)[0] ?? ''}XX`] !== undefined;
    return known ? 'a documented status' : `status ${status}, documented are ${Object.keys(responses).join(', ')}`;
  };
  const [name = ''] = summaryQuery.split('=');
  const asked = [
    ['the summary', await askForDiff(context, { id, project }, summaryQuery)],
    ['an unknown mode', await askForDiff(context, { id, project }, `${name}=no-such-mode`)],
    ['an unknown artifact', await askForDiff(context, { id: 'skill:no-such-artifact', project })],
  ] as const;
  for (const [what, { status }] of asked)
    say(`${what} answers as documented`, 'a documented status', documented(status));
  for (const { name: needed } of parameters.filter((one) => one.in === 'query' && one.required)) {
    const { status } = await request(`/artifacts/${encodeURIComponent(id)}/diff`);
    say(
      `without ${needed}, which is documented as required, it is refused`,
      'refused, with a documented status',
      status >= 400 && status <= 499 && documented(status) === 'a documented status'
        ? 'refused, with a documented status'
        : `status ${status}`,
    );
  }
}
