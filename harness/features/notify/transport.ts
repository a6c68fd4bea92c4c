/** A transport sends one message at a time, and returns each one's real result. */

import type { DeliveryResult } from '../../model/delivery.ts';
import type { OutboxEntry } from './outbox.ts';

export type Envelope = OutboxEntry['envelope'];

/** A sent message and its delivery result. */
export interface Sent {
  readonly id: string;
  /** To be sent again; null when there is none. */
  readonly envelope: Envelope | null;
  readonly result: DeliveryResult;
}

export interface Transport {
  /** Sends a saved envelope, with its ids and times. */
  resend(envelope: Envelope): Promise<DeliveryResult>;
  /** Tries again after an unanswered message: the receiver may be back. */
  tryAgain(): void;
  /** Releases everything that could keep this process alive. */
  close(): Promise<void>;
}
