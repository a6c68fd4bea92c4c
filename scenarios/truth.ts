/** The true differences, counted from the API's full answers and independently of the page. */
import type { APIRequestContext, ScenarioPlan } from '../harness/browser-kit/kit.ts';

export type Scope = 'collection-vs-project' | 'source-vs-collection' | 'source-vs-project';

export const scopes: readonly Scope[] = ['collection-vs-project', 'source-vs-collection', 'source-vs-project'];

export interface FileTruth {
  readonly path: string;
  readonly status: string;
  /** Texts of the added and removed lines, in order. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Length of the unified diff in characters, and its number of lines. */
  readonly sizeChars: number;
  readonly lines: number;
}

export interface ScopeTruth {
  readonly scope: Scope;
  readonly files: readonly FileTruth[];
  readonly additions: number;
  readonly deletions: number;
}

export interface ArtifactTruth {
  readonly id: string;
  readonly name: string;
  readonly deployments: number;
  readonly scopes: { readonly [scope in Scope]: ScopeTruth };
}

interface DiffAnswer {
  readonly files: readonly {
    readonly file_path: string;
    readonly status: string;
    readonly unified_diff?: string | null;
  }[];
}

/** Reads all three scopes of an artifact, against the project of its first deployment, like the page. */
export async function readTruth(
  request: APIRequestContext,
  plan: ScenarioPlan,
  artifact: { readonly id: string; readonly name: string },
): Promise<ArtifactTruth> {
  const base = `${plan.api}/artifacts/${encodeURIComponent(artifact.id)}`;
  const detail = await getJson<{ deployments?: readonly { project_path: string }[] }>(
    request,
    `${base}?include_deployments=true`,
  );
  const projectPath = detail.deployments?.[0]?.project_path;
  if (projectPath === undefined)
    throw new Error(`${artifact.id} is not deployed anywhere, so there is nothing to compare`);
  const project = `project_path=${encodeURIComponent(projectPath)}`;
  const truthOf = async (scope: Scope, path: string): Promise<ScopeTruth> =>
    scopeTruth(scope, await getJson(request, base + path));
  return {
    ...artifact,
    deployments: detail.deployments?.length ?? 0,
    scopes: {
      'collection-vs-project': await truthOf('collection-vs-project', `/diff?${project}`),
      'source-vs-collection': await truthOf('source-vs-collection', '/upstream-diff'),
      'source-vs-project': await truthOf('source-vs-project', `/source-project-diff?${project}`),
    },
  };
}

/** A removed and an added line that only one scope shows together. */
export interface DistinctiveLines {
  readonly removed: string;
  readonly added: string;
}

/**
 * The first removed and added line of a file that no other scope shows together: seeing both proves this scope. One alone does
 * not, since each side of a scope is also a side of another. Throws when there is none.
 */
export function distinctiveLines(truth: ArtifactTruth, scope: Scope, path: string): DistinctiveLines {
  const own = fileOf(truth, scope, path);
  const others = scopes.filter((other) => other !== scope).map((other) => fileOf(truth, other, path));
  for (const removed of own.removed.filter(isDistinctive)) {
    const added = own.added
      .filter(isDistinctive)
      .find((line) => !others.some((other) => shows(other, removed) && shows(other, line)));
    if (added !== undefined) return { removed, added };
  }
  throw new Error(`${path} of ${truth.id} has no changed lines that only ${scope} shows together`);
}

function fileOf(truth: ArtifactTruth, scope: Scope, path: string): FileTruth {
  const file = truth.scopes[scope].files.find((candidate) => candidate.path === path);
  if (file === undefined) throw new Error(`${truth.id} has no ${path} in ${scope}`);
  return file;
}

function shows(file: FileTruth, line: string): boolean {
  return file.removed.includes(line) || file.added.includes(line);
}

/** A line of a few characters may be a part of another one. */
function isDistinctive(line: string): boolean {
  return line.trim().length > 8;
}

async function getJson<T>(request: APIRequestContext, url: string): Promise<T> {
  const response = await request.get(url);
  if (!response.ok()) throw new Error(`GET ${url} answered ${response.status()}: the truth to compare with is missing`);
  return (await response.json()) as T;
}

function scopeTruth(scope: Scope, { files }: DiffAnswer): ScopeTruth {
  const truths = files.map(fileTruth);
  return {
    scope,
    files: truths,
    additions: truths.reduce((sum, file) => sum + file.added.length, 0),
    deletions: truths.reduce((sum, file) => sum + file.removed.length, 0),
  };
}

function fileTruth({ file_path: path, status, unified_diff: diff }: DiffAnswer['files'][number]): FileTruth {
  const lines = (diff ?? '').split('\n');
  const hunks = lines.slice(
    Math.max(
      0,
      lines.findIndex((line) => line.startsWith('@@')),
    ),
  );
  const starting = (sign: string): string[] =>
    hunks.filter((line) => line.startsWith(sign)).map((line) => line.slice(1));
  return {
    path,
    status,
    added: starting('+'),
    removed: starting('-'),
    sizeChars: diff?.length ?? 0,
    lines: lines.length,
  };
}
