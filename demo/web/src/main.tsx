/** Starts the page. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { connectApi } from './api.ts';
import { App } from './app.tsx';
import { prefetchDeepLink } from './deep-link.ts';
import { takeConfig } from './early.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { faultDelayMs, isPlanted, muteConsole, plantFaults } from './faults.ts';
import './styles/base.css';
import './styles/page.css';
import './styles/dialog.css';
import './styles/sync-status.css';
import './styles/diff-viewer.css';

/** How long rendering waits for the first data: one rendering instead of three, but a slow API must not leave the page empty. */
const renderAtLatestMs = 250;

async function start(root: HTMLElement): Promise<void> {
  const config = await takeConfig();
  plantFaults(config.faults);
  if (isPlanted('console-muted')) muteConsole();
  connectApi(config);
  // The SDK is a chunk of its own, so that a page without a DSN does not carry it.
  const errorReports = config.sentryDsn ? import('./error-reports.ts') : null;
  const queryClient = new QueryClient({
    defaultOptions: { queries: { staleTime: 60_000, refetchOnWindowFocus: false } },
  });
  const prefetched = prefetchDeepLink(queryClient);
  const reporting = {
    dsn: config.sentryDsn ?? '',
    release: config.release,
    enabled: !isPlanted('sentry-silent'),
    reportsInSilence: isPlanted('reported-in-silence'),
  };
  const errorHandlers = (await errorReports)?.startErrorReports(reporting) ?? {};
  if (isPlanted('console-error')) console.error('Planted: something went wrong while the page started');
  if (isPlanted('unhandled-rejection')) void Promise.reject(new Error('Planted: nobody waits for this'));
  await Promise.race([prefetched, pause(renderAtLatestMs)]);
  if (isPlanted('slow-first-paint')) await pause(faultDelayMs('slow-first-paint'));
  createRoot(root, errorHandlers).render(
    <QueryClientProvider client={queryClient}>
      <ErrorBoundary>
        <App />
      </ErrorBoundary>
    </QueryClientProvider>,
  );
}

function pause(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs));
}

const root = document.getElementById('root');
if (root) await start(root);
