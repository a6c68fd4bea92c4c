/** Error reports to Sentry, for servers that hand out a DSN. */
import * as Sentry from '@sentry/react';

interface ErrorReportOptions {
  readonly dsn: string;
  readonly release: string;
  readonly enabled: boolean;
  /** Reports an error to Sentry only, not to the console: a planted fault. */
  readonly reportsInSilence: boolean;
}

/** Starts reporting uncaught errors, console errors and what React could not render. */
export function startErrorReports({ dsn, release, enabled, reportsInSilence }: ErrorReportOptions) {
  Sentry.init({
    dsn,
    release,
    environment: 'demo',
    enabled,
    integrations: [Sentry.captureConsoleIntegration({ levels: ['error'] })],
    initialScope: { tags: { page: 'manage' } },
  });
  if (reportsInSilence) Sentry.captureException(new Error('Planted: caught, reported, and not logged'));
  const onUncaughtError = Sentry.reactErrorHandler();
  return { onUncaughtError, onCaughtError: onUncaughtError };
}
