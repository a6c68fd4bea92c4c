/** Loads the scope that people look at next. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Artifact } from '../../../contract.ts';
import type { ComparisonTarget } from '../api.ts';
import { diffSummaryQuery } from '../queries.ts';
import { hasUpstream } from '../scopes.ts';

/** Once the collection's comparison is there and the page is idle, loads the source's comparison with the project. */
export function usePrefetchedScope(artifact: Artifact, target: ComparisonTarget, hasData: boolean): void {
  const queryClient = useQueryClient();
  const { artifactId, collection, scope, projectPath } = target;
  const isDue = hasData && scope === 'collection-vs-project' && projectPath !== null && hasUpstream(artifact);
  useEffect(() => {
    if (!isDue) return;
    const next = { artifactId, collection, scope: 'source-vs-project', projectPath } as const;
    const handle = requestIdleCallback(() => void queryClient.prefetchQuery(diffSummaryQuery(next)), { timeout: 500 });
    return () => cancelIdleCallback(handle);
  }, [isDue, queryClient, artifactId, collection, projectPath]);
}
