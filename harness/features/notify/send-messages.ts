/** Sends messages to Sentry or a channel, records their delivery results, and saves those worth retrying in the outbox. Never throws. */

import { defined } from '../../lib/defined.ts';
import { messageOf } from '../../lib/message-of.ts';
import type { Redactor } from '../../lib/redact.ts';
import { type Shell, shortestPath } from '../../lib/shell.ts';
import type { Delivery, SentryMessage } from '../../model/delivery.ts';
import { isWorthRetrying } from './delivery-result.ts';
import type { Destination } from './destination.ts';
import { openOutbox, waitingMessage } from './outbox.ts';
import { giveUp, sendWaiting } from './send-waiting.ts';
import type { Sent, Transport } from './transport.ts';

export interface SenderOptions {
  /** Folder that run folders go into. */
  readonly reports: string;
  readonly shell: Pick<Shell, 'env' | 'now' | 'cwd'>;
  readonly redactor: Redactor;
}

export interface Sender<L extends Transport> {
  /** Sends what waits in the outbox, for no longer than that. */
  sendWaiting(withinMs: number): Promise<void>;
  /** Drops the waiting messages of a topic, because a newer one replaces them. */
  giveUp(topic: string): Promise<void>;
  /** Resolves to the id of the message; null when it could not be made. */
  send(message: Message, how: (link: L) => Promise<Sent>): Promise<string | null>;
  /** Tries again after an unanswered message: the receiver may be back. */
  tryAgain(): Promise<void>;
  /** The delivery results; to be called once, at the end. */
  close(): Promise<Delivery>;
}

export interface Message extends Pick<SentryMessage, 'kind' | 'about' | 'run'> {
  /** How long it is of use when it is delivered later. */
  readonly keepForMs: number;
  /** Of messages with one topic only the newest counts; null where each counts. */
  readonly topic: string | null;
}

interface Connection<L extends Transport> {
  /** The receiver, in words; Sentry when left out. */
  readonly service?: string;
  /** Called when there is something to send: Sentry's SDK takes a while to load. */
  readonly open: () => Promise<L>;
}

export function openSender<L extends Transport>(
  destination: Pick<Destination, 'host' | 'fingerprint'>,
  { service, open }: Connection<L>,
  { reports, shell, redactor }: SenderOptions,
): Sender<L> {
  const outbox = openOutbox(reports);
  const waiting = { outbox, fingerprint: destination.fingerprint, now: shell.now };
  const messages: SentryMessage[] = [];
  let problem: string | null = null;
  let opened: Promise<L> | null = null;
  const link = (): Promise<L> => {
    opened ??= open();
    return opened;
  };
  /** A problem while sending is recorded, and never thrown. */
  const safely = async <T>(work: () => Promise<T>): Promise<T | null> => {
    try {
      return await work();
    } catch (error) {
      problem = messageOf(error);
      return null;
    }
  };
  const keep = ({ kind, about, run, topic, keepForMs }: Message, { id, envelope }: Sent): boolean => {
    if (envelope === null || keepForMs <= 0) return false;
    const now = shell.now();
    const entry = {
      kind,
      about,
      id,
      run,
      topic,
      destination: destination.fingerprint,
      keptAt: now.toISOString(),
      usableUntil: new Date(now.getTime() + keepForMs).toISOString(),
      envelope,
    };
    const displaced = outbox.keep(redactor.deep(entry));
    const result = { status: 'given-up', why: 'too many are waiting' } as const;
    messages.push(...displaced.map((one) => ({ ...waitingMessage(one), result, kept: false })));
    return true;
  };
  return {
    sendWaiting: async (withinMs) => {
      await safely(() => sendWaiting({ ...waiting, link, withinMs }, (message) => messages.push(message)));
    },
    giveUp: async (topic) => {
      await safely(async () => giveUp(redactor.text(topic), waiting, (message) => messages.push(message)));
    },
    send: (message, how) =>
      safely(async () => {
        const sent = await how(await link());
        const { kind, about, run } = message;
        const at = shell.now().toISOString();
        const kept = isWorthRetrying(sent.result) && ((await safely(async () => keep(message, sent))) ?? false);
        messages.push({ kind, about, id: sent.id, run, at, earlier: false, result: sent.result, kept });
        return sent.id;
      }),
    tryAgain: async () => {
      await safely(async () => (await opened)?.tryAgain());
    },
    close: async () => {
      await safely(async () => (await opened)?.close());
      const { path } = outbox;
      return redactor.deep({
        schemaVersion: 1,
        ...defined({ service }),
        to: destination.host,
        problem,
        messages,
        outbox: { path: shortestPath(path, shell), waiting: outbox.waiting() },
      });
    },
  };
}

/** The delivery where the receiver's address is missing. */
export function nothingSent(
  problem: string,
  { reports, shell, service }: Pick<SenderOptions, 'reports' | 'shell'> & { readonly service?: string },
): Delivery {
  const outbox = openOutbox(reports);
  return {
    schemaVersion: 1,
    ...defined({ service }),
    to: null,
    problem,
    messages: [],
    outbox: { path: shortestPath(outbox.path, shell), waiting: outbox.waiting() },
  };
}
