/** Sends what earlier runs could not deliver, the oldest first, and says what became of each. */

import type { DeliveryResult, SentryMessage } from '../../model/delivery.ts';
import { isSilence, isWorthKeeping } from './delivery-result.ts';
import { type Claim, type Outbox, type OutboxEntry, waitingMessage } from './outbox.ts';
import type { Link } from './transport.ts';

export interface KeptOptions {
  readonly outbox: Outbox;
  /** Which project's messages. */
  readonly fingerprint: string;
  /** Asked for only when there is something to send. */
  readonly link: () => Promise<Link>;
  readonly now: () => Date;
  /** What is left by then waits for the next time. */
  readonly withinMs: number;
}

/** Everything that can be sent in time; what meets silence ends it, because the rest would. */
export async function sendKept(
  { outbox, fingerprint, link, now, withinMs }: KeptOptions,
  onMessage: (message: SentryMessage) => void,
): Promise<void> {
  const startedAt = performance.now();
  for (const claim of outbox.claims({ destination: fingerprint }, now)) {
    const result = await fateOfClaim(claim, { link, now });
    const kept = isWorthKeeping(result);
    if (kept) claim.release();
    else claim.remove();
    onMessage({ ...(claim.entry === null ? unreadable(claim, now) : waitingMessage(claim.entry)), result, kept });
    if (isSilence(result) || performance.now() - startedAt > withinMs) break;
  }
}

/** Gives up what is no longer so, because there is newer word of it. */
export function giveUp(
  topic: string,
  { outbox, fingerprint, now }: Pick<KeptOptions, 'outbox' | 'fingerprint' | 'now'>,
  onMessage: (message: SentryMessage) => void,
): void {
  for (const claim of outbox.claims({ destination: fingerprint, topic }, now)) {
    claim.remove();
    if (claim.entry === null) continue;
    const result = { status: 'given-up', why: 'a later run checks in' } as const;
    onMessage({ ...waitingMessage(claim.entry), result, kept: false });
  }
}

async function fateOfClaim(
  { entry }: Claim,
  { link, now }: Pick<KeptOptions, 'link' | 'now'>,
): Promise<DeliveryResult> {
  if (entry === null) return { status: 'given-up', why: 'its file cannot be read' };
  if (now().toISOString() > entry.usableUntil) return { status: 'given-up', why: whyTooLate(entry) };
  return (await link()).resend(entry.envelope);
}

/** Sentry takes a check-in for one of now, whenever the job ended that it tells of. */
function whyTooLate({ kind }: OutboxEntry): string {
  return kind === 'check-in' ? 'its monitor no longer waits for it' : 'it is too old to be of use';
}

function unreadable({ name }: Claim, now: () => Date): Omit<SentryMessage, 'result' | 'kept'> {
  return { kind: 'finding', about: name, id: '', run: null, at: now().toISOString(), earlier: true };
}
