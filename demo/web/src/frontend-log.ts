/** What the page reports to its own web server's log; never to the API. */
import type { ComparisonTarget } from './api.ts';

/** Reports that the diff of one file was loaded when it was shown, not before. */
export function reportLazyLoad({ artifactId, scope }: ComparisonTarget, filePath: string, durationMs: number): void {
  const report = JSON.stringify({ artifactId, scope, filePath, durationMs });
  navigator.sendBeacon('/frontend-log/lazy-loaded', new Blob([report], { type: 'application/json' }));
}
