/** Planted traffic that nobody looks at, whenever the tab opens; a gate must not mind it. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { fetchItems } from '../api.ts';
import { isPlanted } from '../faults.ts';
import { artifactsQuery, filesQuery } from '../queries.ts';

/** Asks for lists that the browser has kept, and for the files of an artifact that nobody has opened yet. */
export function useSideTraffic(): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    if (isPlanted('preflight-storm')) {
      for (const path of ['user-collections', 'tags', 'marketplace/sources'] as const) void fetchItems(path);
    }
    if (!isPlanted('background-prefetch')) return;
    const artifacts = queryClient.getQueryData(artifactsQuery.queryKey) ?? [];
    const next = artifacts.find(({ id }) => queryClient.getQueryState(filesQuery(id).queryKey) === undefined);
    if (next) void queryClient.prefetchQuery(filesQuery(next.id));
  }, [queryClient]);
}
