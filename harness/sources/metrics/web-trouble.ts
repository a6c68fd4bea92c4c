/** What keeps a source from answering, in words, and its address without what may be secret in it. */
import { quoted } from '../quoted.ts';

/** An address as it may be shown: without user, password and query. */
export function tokenFree(url: string): string {
  const { origin, pathname } = new URL(url);
  return quoted(`${origin}${pathname}`);
}

/** Follows the name of the source. */
export function whyNoAnswer(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return `did not answer: ${quoted(String(error))}`;
  if (error.name === 'TimeoutError') return `did not answer within ${timeoutMs / 1000} s`;
  const { cause } = error;
  const deepest = cause instanceof AggregateError ? cause.errors[0] : cause;
  return `did not answer: ${quoted(deepest instanceof Error ? deepest.message : error.message)}`;
}
