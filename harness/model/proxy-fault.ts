/** Faults that a proxy between the probes and their target can imitate, without the target's knowing. */
import type { Json } from './units.ts';

/** One fault. It concerns the answers that it names, or a part of them; what it does not concern passes as it is. */
export type ProxyFault = ProxyFaultScope &
  (Delay | ErrorAnswer | Hang | Stall | Truncation | ChangedHeader | ChangedField | PlantedScript | GrownScripts);

interface ProxyFaultScope {
  /** A regular expression over path and query (`/diff\\?`); everything when left out. Preflight requests are never concerned. */
  readonly on?: string;
  /** Part of them, 0 to 1, evenly spread; all when left out. */
  readonly share?: number;
}

/** The answer comes later than the target gave it. */
interface Delay {
  readonly kind: 'delay';
  readonly ms: number;
}

/** The target is not asked; this is answered instead, at once. */
interface ErrorAnswer {
  readonly kind: 'answer';
  readonly status: number;
}

/** Nothing is ever answered. */
interface Hang {
  readonly kind: 'hang';
}

/** Nothing is answered for a while, again and again; what was due meanwhile comes at its end. */
interface Stall {
  readonly kind: 'stall';
  readonly everyMs: number;
  readonly forMs: number;
}

/** Half of the body comes, then the connection is cut. */
interface Truncation {
  readonly kind: 'truncate';
}

/** A header of the answer says something else; null takes it away. */
interface ChangedHeader {
  readonly kind: 'header';
  readonly name: string;
  readonly value: string | null;
}

/** Fields of a JSON answer say something else. */
interface ChangedField {
  readonly kind: 'field';
  /** Names and positions from the root, `*` for every one: `files.*.additions`. */
  readonly at: string;
  /** `set` another value, `add` to a number, or `remove` the field. */
  readonly change: { readonly set: Json } | { readonly add: number } | 'remove';
}

/** Every page runs this script before any of its own. */
interface PlantedScript {
  readonly kind: 'script';
  readonly source: string;
}

/** Every script is longer by this part of itself, 0.08 for 8 %, with text that compresses as badly as code. */
interface GrownScripts {
  readonly kind: 'grow-scripts';
  readonly by: number;
}
