/** Error reports to Sentry, for servers that hand out a DSN. */
import * as Sentry from '@sentry/react';

/** Starts reporting uncaught errors and what React could not render. */
export function startErrorReports(dsn: string, release: string) {
  Sentry.init({ dsn, release, environment: 'demo', initialScope: { tags: { page: 'manage' } } });
  const onUncaughtError = Sentry.reactErrorHandler();
  return { onUncaughtError, onCaughtError: onUncaughtError };
}
