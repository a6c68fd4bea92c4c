/** The DSN that Rampgate's own events go to, from the environment, or why there is none. */
import { createHash } from 'node:crypto';

export interface Destination {
  readonly dsn: string;
  /** Safe to show. */
  readonly host: string;
  /** Identifies the project without revealing it, and stays the same when its key is replaced. */
  readonly fingerprint: string;
}

/** A string says why nothing can be sent. */
export function destinationOf(
  variable: string,
  env: { readonly [name: string]: string | undefined },
): Destination | string {
  const dsn = env[variable]?.trim() ?? '';
  if (dsn === '') return `${variable} is not set`;
  const url = URL.canParse(dsn) ? new URL(dsn) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username === '' || !/\/\d+\/?$/.test(url.pathname)) {
    return `${variable} holds no DSN, which looks like https://key@host/1`;
  }
  const fingerprint = createHash('sha256')
    .update(`${url.host}${url.pathname.replace(/\/$/, '')}`)
    .digest('hex');
  return { dsn, host: url.host, fingerprint: fingerprint.slice(0, 12) };
}
