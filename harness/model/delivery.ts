/** What became of messages to Sentry and to channels. */
import { z } from 'zod';
import type { Immutable } from './immutable.ts';
import { instantSchema } from './units.ts';

const why = z.string();
const httpStatus = z.number();

export const deliveryResultSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('delivered'), httpStatus }),
  // Refused for now; `httpStatus` is null where Sentry had asked for silence and was not asked again.
  z.object({ status: z.literal('rate-limited'), httpStatus: httpStatus.nullable() }),
  z.object({ status: z.literal('server-error'), httpStatus }),
  z.object({ status: z.literal('refused'), httpStatus, why: why.nullable() }),
  z.object({ status: z.literal('unreachable'), why }),
  z.object({ status: z.literal('timed-out'), afterMs: z.number() }),
  // Not even tried: the one before it had no answer.
  z.object({ status: z.literal('not-tried'), why }),
  // Not sent any more, because it is too late or too much.
  z.object({ status: z.literal('given-up'), why }),
]);

/** What became of one message, by what was really answered. */
export type DeliveryResult = Immutable<z.output<typeof deliveryResultSchema>>;

const sentryMessageSchema = z.object({
  kind: z.enum(['finding', 'check-in', 'notice']),
  /** The criterion, the check-in's monitor and status (`nightly ok`), or the notice's title. */
  about: z.string(),
  /** Sentry's id of the event or the check-in, by which it recognizes what it has already. */
  id: z.string(),
  /** The run it is about; null where that has no verdict, or not yet. */
  run: z.string().nullable(),
  /** Of its first try. */
  at: instantSchema,
  /** It had been waiting in the outbox. */
  earlier: z.boolean(),
  result: deliveryResultSchema,
  /** It waits in the outbox. */
  kept: z.boolean(),
});

/** A finding or a check-in for Sentry, or a notice for a channel. */
export type SentryMessage = Immutable<z.output<typeof sentryMessageSchema>>;

const serviceDeliverySchema = z.object({
  schemaVersion: z.literal(1),
  /** The recipient, in words: `Slack team`; Sentry when left out. */
  service: z.string().exactOptional(),
  /** Its host; null where nobody says which. */
  to: z.string().nullable(),
  /** Why nothing, or not all, could be sent. */
  problem: z.string().nullable(),
  /** In the order they were sent; those of earlier runs first. */
  messages: z.array(sentryMessageSchema),
  /** The folder of what waits, and how much that is. */
  outbox: z.object({ path: z.string(), waiting: z.number() }),
});

export const deliverySchema = serviceDeliverySchema.extend({
  /** Other recipients. */
  also: z.array(serviceDeliverySchema).exactOptional(),
});

/** `delivery.json`: what was sent to Sentry and to channels about a run. It decides nothing. */
export type Delivery = Immutable<z.output<typeof deliverySchema>>;
