/** What the control visit of a run plants in the page, and what it writes down about it. */
import type { Control } from '../model/evidence.ts';
import type { ControlRecord, HeardBy } from './journal.ts';

export interface Planted {
  readonly listener: HeardBy;
  readonly name: string;
  readonly planted: string;
}

export const repeatedRequest: Planted = {
  listener: 'requests',
  name: 'repeated request',
  planted: "one of the page's own API requests, sent again by the page",
};

/** Each with the words that it says. */
export const plantedErrors = [
  {
    listener: 'problems',
    name: 'console error',
    planted: 'console.error in the page',
    words: 'rampgate-control: console',
  },
  {
    listener: 'problems',
    name: 'uncaught exception',
    planted: 'an exception that nothing catches',
    words: 'rampgate-control: exception',
  },
  {
    listener: 'problems',
    name: 'unhandled rejection',
    planted: 'a rejected promise that nothing handles',
    words: 'rampgate-control: rejection',
  },
] as const;

export const allPlanted: readonly Planted[] = [repeatedRequest, ...plantedErrors];

export const CONTROLS_FILE = 'browser-controls.ndjson';

/** What came of it. */
export function came(
  { listener, name, planted }: Planted,
  outcome: Control['outcome'],
  message: string,
): ControlRecord {
  return { listener, name, planted, outcome, message };
}
