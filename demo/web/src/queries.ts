/** What the page asks the API for, and how long it keeps the answers. */
import { queryOptions } from '@tanstack/react-query';
import type { Artifact, Diff, DiffSummary } from '../../contract.ts';
import {
  type ComparisonTarget,
  fetchArtifact,
  fetchArtifacts,
  fetchAssociations,
  fetchDiffSummary,
  fetchFileDiff,
  fetchFiles,
  fetchFullDiff,
  fetchItems,
  fetchProjects,
  summaryIsEnough,
} from './api.ts';
import { countChanges, parseUnifiedDiff } from './diff-viewer/unified-diff.ts';
import { faultDelayMs, holdUp, isPlanted } from './faults.ts';
import { reportLazyLoad } from './frontend-log.ts';

const minuteMs = 60_000;
const slowlyChanging = { staleTime: 5 * minuteMs, gcTime: 30 * minuteMs } as const;

/** All artifacts. */
export const artifactsQuery = queryOptions({ queryKey: ['artifacts'], queryFn: fetchArtifacts, ...slowlyChanging });

/** All projects. */
export const projectsQuery = queryOptions({
  queryKey: ['projects'],
  queryFn: fetchProjects,
  staleTime: 5 * minuteMs,
  gcTime: 10 * minuteMs,
});

/** One of the small lists counted in the header. */
export const itemsQuery = (path: Parameters<typeof fetchItems>[0]) =>
  queryOptions({ queryKey: ['items', path], queryFn: () => fetchItems(path), ...slowlyChanging });

/** One artifact with its deployments. */
export const artifactQuery = ({ id }: Artifact, collection: string) =>
  queryOptions({
    queryKey: ['artifact', id, collection],
    queryFn: () => fetchArtifact(id, collection),
    ...slowlyChanging,
  });

/** What an artifact needs and what needs it. */
export const associationsQuery = (id: string) =>
  queryOptions({
    queryKey: ['associations', id],
    queryFn: () => fetchAssociations(id),
    staleTime: 5 * minuteMs,
    gcTime: 10 * minuteMs,
  });

/** The files of an artifact in its collection. */
export const filesQuery = (id: string) =>
  queryOptions({ queryKey: ['files', id], queryFn: () => fetchFiles(id), ...slowlyChanging });

/** Names, statuses and counts of a comparison: what the sidebar needs, without any diff text. */
export const diffSummaryQuery = (target: ComparisonTarget) =>
  queryOptions({
    queryKey: ['diff', target.scope, target.artifactId, target.collection, target.projectPath],
    queryFn: () => loadSummary(target),
    ...diffFreshness(target),
  });

/** The diff of one file, asked for when it is shown. */
export const fileDiffQuery = (target: ComparisonTarget, filePath: string) =>
  queryOptions({
    queryKey: ['diff', target.scope, target.artifactId, target.collection, target.projectPath, filePath],
    queryFn: () => (isPlanted('eager-diffs') ? takeText(target, filePath) : loadText(target, filePath)),
    ...diffFreshness(target),
  });

async function loadText(target: ComparisonTarget, filePath: string): Promise<string | null> {
  const startedAt = performance.now();
  const diff = await fetchFileDiff(target, filePath);
  if (!isPlanted('no-lazy-markers') && summaryIsEnough())
    reportLazyLoad(target, filePath, performance.now() - startedAt);
  return diff.files[0]?.unified_diff ?? null;
}

const eagerDiffs = new Map<string, Promise<Diff>>();

/** The whole diff, asked for once, whatever of it is shown. */
function eagerDiff(target: ComparisonTarget): Promise<Diff> {
  const key = JSON.stringify(target);
  const diff = eagerDiffs.get(key) ?? fetchFullDiff(target);
  eagerDiffs.set(key, diff);
  return diff;
}

async function takeText(target: ComparisonTarget, filePath: string): Promise<string | null> {
  const { files } = await eagerDiff(target);
  return files.find(({ file_path }) => file_path === filePath)?.unified_diff ?? null;
}

function diffFreshness({ scope }: ComparisonTarget) {
  const isForgotten = isPlanted('refetch-one-scope') && scope === 'source-vs-project';
  return {
    staleTime: isForgotten || isPlanted('refetch-on-reopen') ? 0 : 30_000,
    gcTime: 5 * minuteMs,
    retry: scope === 'collection-vs-project' ? 3 : false,
  } as const;
}

async function loadSummary(target: ComparisonTarget): Promise<DiffSummary> {
  if (isPlanted('page-full-mode') || !summaryIsEnough()) return summarise(await fetchFullDiff(target));
  const summary = await fetchDiffSummary(target);
  if (isPlanted('eager-diffs')) void eagerDiff(target);
  if (isPlanted('eager-parse')) parseAll(await fetchFullDiff(target), faultDelayMs('eager-parse'));
  holdUp(faultDelayMs('long-task'));
  return summary;
}

function summarise(diff: Diff): DiffSummary {
  const files = diff.files.map(({ unified_diff: text, ...file }) => {
    const changes = text === null ? { additions: null, deletions: null } : countChanges(text);
    const size = { unified_diff_bytes: text?.length ?? null, unified_diff_lines: text?.split('\n').length ?? null };
    return { ...file, ...changes, ...size };
  });
  return { ...diff, files };
}

/** As often as it takes to keep the page busy for this long. */
function parseAll(diff: Diff, busyMs: number): void {
  const endsAt = performance.now() + busyMs;
  do {
    for (const { unified_diff: text } of diff.files) parseUnifiedDiff(text ?? '');
  } while (performance.now() < endsAt);
}
