/** Messages to Sentry or to a channel: sent, written down with what became of them, and kept where a later try may go better. Throws nothing. */

import { defined } from '../../lib/defined.ts';
import { messageOf } from '../../lib/message-of.ts';
import type { Redactor } from '../../lib/redact.ts';
import { type Shell, shortestPath } from '../../lib/shell.ts';
import type { Delivery, SentryMessage } from '../../model/delivery.ts';
import { isWorthKeeping } from './delivery-result.ts';
import type { Destination } from './destination.ts';
import { openOutbox, waitingMessage } from './outbox.ts';
import { giveUp, sendKept } from './send-waiting.ts';
import type { Link, Sent } from './transport.ts';

export interface PostOptions {
  /** Folder that run folders go into. */
  readonly reports: string;
  readonly shell: Pick<Shell, 'env' | 'now' | 'cwd'>;
  readonly redactor: Redactor;
}

export interface Post<L extends Link> {
  /** Sends what waits in the outbox, for no longer than that. */
  sendKept(withinMs: number): Promise<void>;
  /** Does not send what waits of a topic, because there is newer word of it. */
  giveUp(topic: string): Promise<void>;
  /** Resolves to the id of the message; null when it could not be made. */
  send(message: Message, how: (link: L) => Promise<Sent>): Promise<string | null>;
  /** After a while without a message: whoever was silent may be back. */
  tryAgain(): Promise<void>;
  /** What became of everything; to be called once, at the end. */
  close(): Promise<Delivery>;
}

export interface Message extends Pick<SentryMessage, 'kind' | 'about' | 'run'> {
  /** How long it is of use when it is delivered later. */
  readonly keepForMs: number;
  /** What only the newest word counts of; null where each counts. */
  readonly topic: string | null;
}

interface Line<L extends Link> {
  /** Who is told, in words; Sentry when left out. */
  readonly service?: string;
  /** Not before there is something to send: Sentry's takes a while to load. */
  readonly open: () => Promise<L>;
}

export function openPost<L extends Link>(
  destination: Pick<Destination, 'host' | 'fingerprint'>,
  { service, open }: Line<L>,
  { reports, shell, redactor }: PostOptions,
): Post<L> {
  const outbox = openOutbox(reports);
  const waiting = { outbox, fingerprint: destination.fingerprint, now: shell.now };
  const messages: SentryMessage[] = [];
  let problem: string | null = null;
  let opened: Promise<L> | null = null;
  const link = (): Promise<L> => {
    opened ??= open();
    return opened;
  };
  /** Whatever goes wrong in telling is told, and stays here. */
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
    sendKept: async (withinMs) => {
      await safely(() => sendKept({ ...waiting, link, withinMs }, (message) => messages.push(message)));
    },
    giveUp: async (topic) => {
      await safely(async () => giveUp(redactor.text(topic), waiting, (message) => messages.push(message)));
    },
    send: (message, how) =>
      safely(async () => {
        const sent = await how(await link());
        const { kind, about, run } = message;
        const at = shell.now().toISOString();
        const kept = isWorthKeeping(sent.result) && ((await safely(async () => keep(message, sent))) ?? false);
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

/** Where nothing can be sent, because nobody knows where to. */
export function nothingTold(
  problem: string,
  { reports, shell, service }: Pick<PostOptions, 'reports' | 'shell'> & { readonly service?: string },
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
