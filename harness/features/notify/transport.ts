/** A line to somebody who is told things: one message at a time, each with its real answer. */

import type { DeliveryResult } from '../../model/delivery.ts';
import type { OutboxEntry } from './outbox.ts';

export type Envelope = OutboxEntry['envelope'];

/** What was handed over, and what became of it. */
export interface Sent {
  readonly id: string;
  /** To be sent again; null when there is none. */
  readonly envelope: Envelope | null;
  readonly result: DeliveryResult;
}

export interface Link {
  /** An envelope of an earlier time, with its ids and times. */
  resend(envelope: Envelope): Promise<DeliveryResult>;
  /** After a while without a message: whoever was silent may be back. */
  tryAgain(): void;
  /** Lets go of everything that could keep this process alive. */
  close(): Promise<void>;
}
