/** Asks for the diff that the address names before anything is rendered, as the loader of a route would. */
import type { QueryClient } from '@tanstack/react-query';
import { currentPlace } from './location.ts';
import { artifactQuery, artifactsQuery, diffSummaryQuery, fileDiffQuery } from './queries.ts';
import { initialTarget } from './scopes.ts';

/** Fills the cache. The component that needs the data repeats a failed request and shows its error. */
export async function prefetchDeepLink(queryClient: QueryClient): Promise<void> {
  const place = currentPlace();
  try {
    const artifacts = await queryClient.fetchQuery(artifactsQuery);
    const artifact = artifacts.find(({ id, name }) => id === place.artifact || name === place.artifact);
    if (artifact === undefined || place.tab !== 'sync') return;
    const target = initialTarget(artifact);
    void queryClient.prefetchQuery(artifactQuery(artifact, target.collection));
    const summary = await queryClient.fetchQuery(diffSummaryQuery(target));
    const [first] = summary.files;
    if (first?.additions != null) await queryClient.prefetchQuery(fileDiffQuery(target, first.file_path));
  } catch {
    // The query keeps its error; the component shows it.
  }
}
