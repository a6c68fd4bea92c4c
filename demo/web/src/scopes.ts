/** The three comparisons as people see them. */
import type { Artifact, Scope } from '../../contract.ts';
import type { ComparisonTarget } from './api.ts';

/** How a scope is named and which places it compares; `left` and `right` as in the API's answer. */
export interface ScopeLabels {
  readonly option: string;
  readonly button: string;
  readonly left: string;
  readonly right: string;
}

/** Labels of every scope. */
export const scopeLabels: Readonly<Record<Scope, ScopeLabels>> = {
  'collection-vs-project': {
    option: 'Collection vs. Project',
    button: 'Coll vs Proj',
    left: 'Collection',
    right: 'Project',
  },
  'source-vs-collection': {
    option: 'Source vs. Collection',
    button: 'Src vs Coll',
    left: 'Collection',
    right: 'Source',
  },
  'source-vs-project': { option: 'Source vs. Project', button: 'Src vs Proj', left: 'Source', right: 'Project' },
};

/** All scopes, in the order they are offered. */
export const scopes = Object.keys(scopeLabels) as readonly Scope[];

/** What is compared when an artifact is opened: the collection with its first project, or where there is none the source. */
export function initialTarget(artifact: Artifact): ComparisonTarget {
  const projectPath = artifact.deployments[0]?.project_path ?? null;
  return {
    artifactId: artifact.id,
    collection: artifact.collections[0]?.id ?? 'default',
    scope: projectPath === null ? 'source-vs-collection' : 'collection-vs-project',
    projectPath,
  };
}

/** Why a scope cannot be compared, or null where it can. */
export function whyUnavailable(scope: Scope, artifact: Artifact, projectPath: string | null): string | null {
  if (scope !== 'collection-vs-project' && !hasUpstream(artifact)) return 'No upstream source configured';
  if (scope !== 'source-vs-collection' && projectPath === null) return 'No project deployment found';
  return null;
}

/** Whether an artifact follows a source that it can be compared with. */
export function hasUpstream({ origin, upstream, source }: Artifact): boolean {
  return origin === 'github' && upstream.tracking_enabled && source.includes('/');
}
