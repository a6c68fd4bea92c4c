/** Error reports to Sentry, for servers that hand out a DSN. */
import * as Sentry from '@sentry/react';

interface ErrorReportOptions {
  readonly dsn: string;
  readonly release: string;
  readonly enabled: boolean;
}

/** Starts reporting uncaught errors, console errors and what React could not render. */
export function startErrorReports({ dsn, release, enabled }: ErrorReportOptions) {
  Sentry.init({
    dsn,
    release,
    environment: 'demo',
    enabled,
    integrations: [Sentry.captureConsoleIntegration({ levels: ['error'] })],
    initialScope: { tags: { page: 'manage' } },
  });
  const onUncaughtError = Sentry.reactErrorHandler();
  return { onUncaughtError, onCaughtError: onUncaughtError };
}
