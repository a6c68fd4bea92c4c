/** Requests to the API, typed. */
import type { Artifact, Associations, Diff, DiffSummary, Page, PageConfig, Project, Scope } from '../../contract.ts';
import { takeFirstPage } from './early.ts';

let apiUrl = '';
let countsLines = true;

/** Sets the API's address and what its summaries contain; called once, before the first rendering. */
export function connectApi({ apiUrl: url, summaryCountsLines }: PageConfig): void {
  apiUrl = url;
  countsLines = summaryCountsLines;
}

/** Whether a summary is enough to show the list of files. */
export function summaryIsEnough(): boolean {
  return countsLines;
}

/** What one comparison is about. `projectPath` is null for the scope without a project. */
export interface ComparisonTarget {
  readonly artifactId: string;
  readonly collection: string;
  readonly scope: Scope;
  readonly projectPath: string | null;
}

const diffRoutes: Readonly<Record<Scope, string>> = {
  'collection-vs-project': 'diff',
  'source-vs-collection': 'upstream-diff',
  'source-vs-project': 'source-project-diff',
};

/** All artifacts, page after page. */
export async function fetchArtifacts(): Promise<readonly Artifact[]> {
  const artifacts: Artifact[] = [];
  let after: string | null = null;
  do {
    const cursor = after === null ? '' : `&after=${after}`;
    const early = after === null ? await takeFirstPage() : null;
    const page: Page<Artifact> = early?.ok ? await early.json() : await request(`/artifacts?limit=100${cursor}`);
    artifacts.push(...page.items);
    after = page.page_info.has_next_page ? page.page_info.end_cursor : null;
  } while (after !== null);
  return artifacts;
}

/** One artifact with its deployments. */
export function fetchArtifact(id: string, collection: string): Promise<Artifact> {
  return request(`/artifacts/${id}?collection=${encodeURIComponent(collection)}&include_deployments=true`);
}

/** What an artifact needs and what needs it. */
export function fetchAssociations(id: string): Promise<Associations> {
  return request(`/artifacts/${encodeURIComponent(id)}/associations`);
}

/** The files of an artifact in its collection. */
export async function fetchFiles(id: string): Promise<readonly string[]> {
  const { files } = await request<{ files: readonly string[] }>(`/artifacts/${encodeURIComponent(id)}/files`);
  return files;
}

/** All projects. */
export async function fetchProjects(): Promise<readonly Project[]> {
  return (await request<Page<Project>>('/projects?limit=100')).items;
}

/** One of the small lists the page counts in its header. */
export async function fetchItems(
  path: 'user-collections' | 'tags' | 'marketplace/sources',
): Promise<readonly unknown[]> {
  return (await request<{ items: readonly unknown[] }>(`/${path}?limit=50`)).items;
}

/** Names, statuses and counts of all files of a comparison. */
export function fetchDiffSummary(target: ComparisonTarget): Promise<DiffSummary> {
  return request(diffPath(target, { mode: 'summary' }));
}

/** A comparison with the text of every diff. */
export function fetchFullDiff(target: ComparisonTarget): Promise<Diff> {
  return request(diffPath(target, {}));
}

/** One file of a comparison with the text of its diff. */
export function fetchFileDiff(target: ComparisonTarget, filePath: string): Promise<Diff> {
  return request(diffPath(target, { ...(countsLines ? { mode: 'full' } : {}), file_paths: filePath }));
}

/** Replaces what is deployed to a project by the collection. */
export function deployToProject({ artifactId, collection }: ComparisonTarget, projectPath: string): Promise<unknown> {
  return post(`/artifacts/${encodeURIComponent(artifactId)}/deploy?collection=${collection}`, {
    project_path: projectPath,
    overwrite: true,
  });
}

/** Takes a project, or without one the source, into the collection. */
export function syncCollection(
  { artifactId, collection }: ComparisonTarget,
  projectPath: string | null,
): Promise<unknown> {
  const body = projectPath === null ? {} : { project_path: projectPath };
  return post(`/artifacts/${encodeURIComponent(artifactId)}/sync?collection=${collection}`, body);
}

function diffPath(
  { artifactId, collection, scope, projectPath }: ComparisonTarget,
  more: Record<string, string>,
): string {
  const query = new URLSearchParams({
    ...(projectPath === null ? {} : { project_path: projectPath }),
    collection,
    ...more,
  });
  return `/artifacts/${encodeURIComponent(artifactId)}/${diffRoutes[scope]}?${query}`;
}

function post(path: string, body: unknown): Promise<unknown> {
  return request(path, { method: 'POST', body: JSON.stringify(body) });
}

async function request<Answer>(path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(apiUrl + path, { ...init, headers: { 'Content-Type': 'application/json' } });
  if (!response.ok) throw new Error(`The API answered ${response.status}`);
  return (await response.json()) as Answer;
}
