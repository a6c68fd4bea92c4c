/** What an answer of Sentry's ingest, or none, means for the message it was given. Pure. */
import type { DeliveryResult } from '../../model/delivery.ts';

/** As the SDK's transport hands it on; without a status it was not sent, because Sentry had asked for silence. */
export interface Answer {
  readonly statusCode?: number;
  readonly rateLimits?: string | null;
  /** `x-sentry-error`. */
  readonly why?: string | null;
}

/** Sentry's names for what may be limited. */
export type Category = 'error' | 'monitor';

/** A 2xx that names a limit for this category may have been taken or not: it is sent again, and Sentry knows it by its id. */
export function fateOf({ statusCode, rateLimits, why }: Answer, category: Category): DeliveryResult {
  if (statusCode === undefined) return { status: 'rate-limited', httpStatus: null };
  const isGood = statusCode >= 200 && statusCode < 300;
  if (statusCode === 429 || (isGood && isLimited(rateLimits ?? '', category))) {
    return { status: 'rate-limited', httpStatus: statusCode };
  }
  if (isGood) return { status: 'delivered', httpStatus: statusCode };
  if (statusCode >= 500) return { status: 'server-error', httpStatus: statusCode };
  return { status: 'refused', httpStatus: statusCode, why: why ?? null };
}

/** `60:error;default:organization, 2700::key`: seconds, categories (none: all), scope. */
function isLimited(header: string, category: Category): boolean {
  return header
    .split(',')
    .map((limit) => limit.trim().split(':'))
    .some(([seconds = '', categories = '']) => {
      const named = categories.split(';').filter((one) => one !== '');
      return Number(seconds) > 0 && (named.length === 0 || named.includes(category));
    });
}

/** No answer at all. */
export function fateWithout(error: unknown, timeoutMs: number): DeliveryResult {
  if (error instanceof Error && /^(?:AbortError|TimeoutError)$/.test(error.name)) {
    return { status: 'timed-out', afterMs: timeoutMs };
  }
  const { message, code } = Object(error) as { readonly message?: string; readonly code?: string };
  // Of several addresses, none answered: the error of all has a code and no message.
  return { status: 'unreachable', why: message || code || String(error) };
}

/** Whether a later try may go better. */
export function isWorthKeeping({ status }: DeliveryResult): boolean {
  return status !== 'delivered' && status !== 'refused' && status !== 'given-up';
}

/** Nobody is there: whatever comes next would have to wait as long. */
export function isSilence({ status }: DeliveryResult): boolean {
  return status === 'unreachable' || status === 'timed-out';
}
