/** What became of messages to Sentry and to channels. */
import type { Instant } from './units.ts';

/** What became of one message to Sentry, by what was really answered. */
export type DeliveryResult =
  | { readonly status: 'delivered'; readonly httpStatus: number }
  /** Refused for now; `httpStatus` is null where Sentry had asked for silence and was not asked again. */
  | { readonly status: 'rate-limited'; readonly httpStatus: number | null }
  | { readonly status: 'server-error'; readonly httpStatus: number }
  | { readonly status: 'refused'; readonly httpStatus: number; readonly why: string | null }
  | { readonly status: 'unreachable'; readonly why: string }
  | { readonly status: 'timed-out'; readonly afterMs: number }
  /** Not even tried: the one before it had no answer. */
  | { readonly status: 'not-tried'; readonly why: string }
  /** Not sent any more, because it is too late or too much. */
  | { readonly status: 'given-up'; readonly why: string };

/** A finding or a check-in that was to be told to Sentry, or a notice that was to be told to a channel. */
export interface SentryMessage {
  readonly kind: 'finding' | 'check-in' | 'notice';
  /** The criterion, the check-in's monitor and status (`nightly ok`), or the notice's title. */
  readonly about: string;
  /** Sentry's id of the event or the check-in; it knows by it what it has already. */
  readonly id: string;
  /** The run it is about; null where that has no verdict, or not yet. */
  readonly run: string | null;
  /** Of its first try. */
  readonly at: Instant;
  /** It had been waiting in the outbox. */
  readonly earlier: boolean;
  readonly result: DeliveryResult;
  /** It waits in the outbox. */
  readonly kept: boolean;
}

/** `delivery.json`: what was told to Sentry and to channels about a run. It decides nothing. */
export interface Delivery {
  readonly schemaVersion: 1;
  /** Who was told, in words: `Slack team`; Sentry when left out. */
  readonly service?: string;
  /** Its host; null where nobody says which. */
  readonly to: string | null;
  /** Why nothing, or not all, could be told. */
  readonly problem: string | null;
  /** In the order they were sent; those of earlier runs first. */
  readonly messages: readonly SentryMessage[];
  /** The folder of what waits, and how much that is. */
  readonly outbox: { readonly path: string; readonly waiting: number };
  /** Others that were told. */
  readonly also?: readonly Delivery[];
}
