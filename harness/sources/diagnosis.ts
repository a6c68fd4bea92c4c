/** What the doctor says of one thing, and what it looks with. */

import type { Shell } from '../lib/shell.ts';
import type { LiveTarget } from '../model/live-target.ts';

export interface Diagnosis {
  readonly what: string;
  readonly state: State;
  /** A sentence or less, without its end. */
  readonly found: string;
  /** How to get what is missing. */
  readonly advice?: string;
}

export type State =
  | 'ready'
  | 'not ready' // it is missing, and what rests on it would be inconclusive
  | 'blind' // it is there and would see nothing
  | 'not known' // it could not be looked at
  | 'not needed'
  | 'not configured'
  | 'left out' // by the profile, the target, or the command line
  | 'missing'; // not needed to measure, but for what comes after

export interface Examination {
  /** Null: it does not answer. */
  readonly target: LiveTarget | null;
  readonly shell: Shell;
  readonly signal: AbortSignal;
}

/** Of whatever only a target that answers could tell. */
export function withoutTarget(what: string): Diagnosis {
  return { what, state: 'not known', found: 'needs the target, which does not answer' };
}
