/** Sends what earlier runs could not deliver, the oldest first, and reports each result. */

import type { DeliveryResult, SentryMessage } from '../../model/delivery.ts';
import { isUnanswered, isWorthRetrying } from './delivery-result.ts';
import { type Claim, type Outbox, type OutboxEntry, waitingMessage } from './outbox.ts';
import type { Transport } from './transport.ts';

export interface WaitingOptions {
  readonly outbox: Outbox;
  /** Which project's messages. */
  readonly fingerprint: string;
  /** Asked for only when there is something to send. */
  readonly link: () => Promise<Transport>;
  readonly now: () => Date;
  /** What is left by then waits for the next time. */
  readonly withinMs: number;
}

/** Stops when the time is over, or when a message gets no answer, since the next would get none either. */
export async function sendWaiting(
  { outbox, fingerprint, link, now, withinMs }: WaitingOptions,
  onMessage: (message: SentryMessage) => void,
): Promise<void> {
  const startedAt = performance.now();
  for (const claim of outbox.claims({ destination: fingerprint }, now)) {
    const result = await resendClaim(claim, { link, now });
    const kept = isWorthRetrying(result);
    if (kept) claim.release();
    else claim.remove();
    onMessage({ ...(claim.entry === null ? unreadable(claim, now) : waitingMessage(claim.entry)), result, kept });
    if (isUnanswered(result) || performance.now() - startedAt > withinMs) break;
  }
}

/** Drops the waiting messages of a topic, because a newer one replaces them. */
export function giveUp(
  topic: string,
  { outbox, fingerprint, now }: Pick<WaitingOptions, 'outbox' | 'fingerprint' | 'now'>,
  onMessage: (message: SentryMessage) => void,
): void {
  for (const claim of outbox.claims({ destination: fingerprint, topic }, now)) {
    claim.remove();
    if (claim.entry === null) continue;
    const result = { status: 'given-up', why: 'a later run checks in' } as const;
    onMessage({ ...waitingMessage(claim.entry), result, kept: false });
  }
}

async function resendClaim(
  { entry }: Claim,
  { link, now }: Pick<WaitingOptions, 'link' | 'now'>,
): Promise<DeliveryResult> {
  if (entry === null) return { status: 'given-up', why: 'its file cannot be read' };
  if (now().toISOString() > entry.usableUntil) return { status: 'given-up', why: whyTooLate(entry) };
  return (await link()).resend(entry.envelope);
}

/** Sentry takes every check-in as current, whenever its job ended. */
function whyTooLate({ kind }: OutboxEntry): string {
  return kind === 'check-in' ? 'its monitor no longer waits for it' : 'it is too old to be of use';
}

function unreadable({ name }: Claim, now: () => Date): Omit<SentryMessage, 'result' | 'kept'> {
  return { kind: 'finding', about: name, id: '', run: null, at: now().toISOString(), earlier: true };
}
