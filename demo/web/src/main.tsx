/** Starts the page. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import type { PageConfig } from '../../contract.ts';
import { connectApi } from './api.ts';
import { App } from './app.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { isPlanted, plantFaults } from './faults.ts';
import { artifactsQuery } from './queries.ts';
import './styles/base.css';
import './styles/page.css';
import './styles/dialog.css';
import './styles/sync-status.css';
import './styles/diff-viewer.css';

async function start(root: HTMLElement): Promise<void> {
  const config = (await (await fetch('/config.json')).json()) as PageConfig;
  plantFaults(config.faults);
  connectApi(config.apiUrl);
  // The SDK is a chunk of its own, so that a page without a DSN does not carry it.
  const errorHandlers = config.sentryDsn
    ? (await import('./error-reports.ts')).startErrorReports(config.sentryDsn, config.release)
    : {};
  if (isPlanted('console-error')) console.error('Planted: something went wrong while the page started');
  const queryClient = new QueryClient({
    defaultOptions: { queries: { staleTime: 60_000, refetchOnWindowFocus: false } },
  });
  // The list is on its way while React is still rendering.
  void queryClient.prefetchQuery(artifactsQuery);
  createRoot(root, errorHandlers).render(
    <QueryClientProvider client={queryClient}>
      <ErrorBoundary>
        <App />
      </ErrorBoundary>
    </QueryClientProvider>,
  );
}

const root = document.getElementById('root');
if (root) await start(root);
