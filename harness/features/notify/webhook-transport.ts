/** The transport to a webhook: posts a body, retries where that can help, and returns the delivery result. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Shell } from '../../lib/shell.ts';
import type { DeliveryResult } from '../../model/delivery.ts';
import { deliveryResultOf, failedDelivery, isUnanswered } from './delivery-result.ts';
import type { Sent, Transport } from './transport.ts';

export interface WebhookTransport extends Transport {
  /** `id` is sent as the `Idempotency-Key`, by which a receiver can recognise a repeated message. */
  post(body: string, id?: string): Promise<Sent>;
}

export interface WebhookOptions {
  /** A secret: anyone who has it can post. It goes into no message and no file. */
  readonly url: string;
  readonly timeoutMs: number;
  readonly shell: Pick<Shell, 'request'>;
  /** Waits between tries; how many there are is how often it is tried again. */
  readonly backOffMs?: readonly number[];
}

/** With three time limits of five seconds an unanswered message takes 18 s at most. */
const BACK_OFF_MS = [500, 2000];
/** A message to a channel that asks to wait longer goes into the outbox. */
const LONGEST_WAIT_MS = 5000;
const KEPT_CHARACTERS = 120;

export function openWebhookTransport({
  url,
  timeoutMs,
  shell,
  backOffMs = BACK_OFF_MS,
}: WebhookOptions): WebhookTransport {
  let silence = false;
  const once = async (body: string, id: string): Promise<Tried> => {
    // A redirected POST arrives as a GET, and its good answer would be a lie.
    const sent = { method: 'POST', redirect: 'manual', timeoutMs } as const;
    const headers = { 'content-type': 'application/json', 'idempotency-key': id };
    try {
      const { status, text, headers: said } = await shell.request(url, { ...sent, headers, body });
      const why = text.replaceAll(/\s+/g, ' ').trim().slice(0, KEPT_CHARACTERS);
      const result = deliveryResultOf({ statusCode: status, why: why === '' ? null : why }, 'error');
      return { result, retryAfterMs: retryAfterMs(said['retry-after']) };
    } catch (error) {
      return { result: failedDelivery(causeOf(error), timeoutMs), retryAfterMs: null };
    }
  };
  const insist = async (body: string, id: string): Promise<DeliveryResult> => {
    if (silence) return { status: 'not-tried', why: 'the message before it had no answer' };
    let tried = await once(body, id);
    for (const waitMs of backOffMs) {
      const wanted = tried.retryAfterMs ?? waitMs;
      if (!mayGoBetter(tried.result) || wanted > LONGEST_WAIT_MS) break;
      await sleep(wanted);
      tried = await once(body, id);
    }
    silence = isUnanswered(tried.result);
    return tried.result;
  };
  return {
    post: async (body, id = randomUUID()) => ({
      id,
      envelope: [{ id }, [[{ 'content-type': 'application/json' }, body]]],
      result: await insist(body, id),
    }),
    resend: ([{ id }, [item]]) => {
      const body = item?.[1];
      if (typeof body !== 'string' || typeof id !== 'string') {
        return Promise.resolve({ status: 'given-up', why: 'it is no message to a webhook' });
      }
      return insist(body, id);
    },
    tryAgain: () => {
      silence = false;
    },
    close: async () => undefined,
  };
}

interface Tried {
  readonly result: DeliveryResult;
  readonly retryAfterMs: number | null;
}

/** A message that timed out may have arrived: an immediate retry could post it twice. */
function mayGoBetter({ status }: DeliveryResult): boolean {
  return status === 'rate-limited' || status === 'server-error' || status === 'unreachable';
}

/** Seconds; a date is left to the outbox. */
function retryAfterMs(header: string | undefined): number | null {
  return header !== undefined && /^\d+$/.test(header) ? Number(header) * 1000 : null;
}

/** `fetch failed` says nothing; its cause does. */
function causeOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined && error.name === 'TypeError' ? error.cause : error;
}
