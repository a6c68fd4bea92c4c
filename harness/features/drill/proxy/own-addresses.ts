/** Makes a target that is seen through proxies speak of the proxies: in texts, in headers, and back in what it is asked. Pure. */
import type { IncomingHttpHeaders } from 'node:http';

/** Where something really is, and where it is seen; origins without a slash at the end. */
export interface SeenAt {
  readonly real: string;
  readonly seen: string;
}

/** Text with every real origin replaced by the one it is seen at; as JSON may spell them, too. */
export function asSeen(text: string, places: readonly SeenAt[]): string {
  return places.reduce(
    (now, { real, seen }) => now.replaceAll(real, seen).replaceAll(slashed(real), slashed(seen)),
    text,
  );
}

/** Text with every origin that a proxy is seen at replaced by the real one. */
export function asIs(text: string, places: readonly SeenAt[]): string {
  return places.reduce((now, { real, seen }) => now.replaceAll(seen, real), text);
}

function slashed(origin: string): string {
  return origin.replaceAll('/', '\\/');
}

/**
 * Headers of an answer as the browser must see them: addresses are the proxies', cookies hold on plain HTTP and on the
 * proxies' host, and nothing asks for HTTPS.
 */
export function headersAsSeen(
  headers: IncomingHttpHeaders,
  places: readonly SeenAt[],
): Record<string, string | string[]> {
  const entries = Object.entries(headers).flatMap(([name, value]): [string, string | string[]][] => {
    if (value === undefined || name === 'strict-transport-security') return [];
    if (name === 'set-cookie') return [[name, [value].flat().map(plainCookie)]];
    return [[name, Array.isArray(value) ? value.map((one) => asSeen(one, places)) : asSeen(value, places)]];
  });
  return Object.fromEntries(entries);
}

/** A cookie without domain and `Secure`; one for other sites cannot do without, and the proxies are one site. */
function plainCookie(cookie: string): string {
  return cookie
    .replace(/;\s*domain=[^;]*/gi, '')
    .replace(/;\s*secure\b/gi, '')
    .replace(/;\s*samesite=none\b/gi, '; SameSite=Lax');
}
