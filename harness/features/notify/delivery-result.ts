/** An answer of Sentry's ingest, or none → the delivery result of the message. Pure. */
import type { DeliveryResult } from '../../model/delivery.ts';

/** As the SDK's transport returns it; without a status it was not sent, because of a rate limit. */
export interface Answer {
  readonly statusCode?: number;
  readonly rateLimits?: string | null;
  /** `x-sentry-error`. */
  readonly why?: string | null;
}

/** Sentry's names for what may be limited. */
export type Category = 'error' | 'monitor';

/** A 2xx that names a limit for this category may have been taken or not: it is sent again, and Sentry knows it by its id. */
export function deliveryResultOf({ statusCode, rateLimits, why }: Answer, category: Category): DeliveryResult {
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
export function failedDelivery(error: unknown, timeoutMs: number): DeliveryResult {
  if (error instanceof Error && /^(?:AbortError|TimeoutError)$/.test(error.name)) {
    return { status: 'timed-out', afterMs: timeoutMs };
  }
  const { message, code } = Object(error) as { readonly message?: string; readonly code?: string };
  // Of several addresses, none answered: the error of all has a code and no message.
  return { status: 'unreachable', why: message || code || String(error) };
}

/** Whether a later try may go better. */
export function isWorthRetrying({ status }: DeliveryResult): boolean {
  return status !== 'delivered' && status !== 'refused' && status !== 'given-up';
}

/** No answer came: the next message would have to wait as long. */
export function isUnanswered({ status }: DeliveryResult): boolean {
  return status === 'unreachable' || status === 'timed-out';
}
