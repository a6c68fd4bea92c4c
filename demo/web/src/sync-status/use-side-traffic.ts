/** Planted background traffic when the tab opens, which no gate may turn red for. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { fetchItems } from '../api.ts';
import { isPlanted } from '../faults.ts';
import { artifactsQuery, filesQuery } from '../queries.ts';

/** Requests lists that the browser has cached, and the files of an artifact that is not open. */
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
