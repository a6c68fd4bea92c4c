/** What a load is asked to be, and what came of it. */
import type { LoadRequest, LoadShare } from '../../model/load-mix.ts';
import type { LoadRecorder } from './load-recorder.ts';

interface LoadBasics {
  /** Address that the requests' paths are relative to. */
  readonly baseUrl: string;
  readonly mix: readonly LoadShare[];
  readonly durationMs: number;
  readonly warmUpMs: number;
  readonly timeoutMs: number;
  /** Text that every good answer contains. */
  readonly expectBody?: string;
  /** The statuses of good answers; any 2xx when left out. */
  readonly expectStatus?: readonly number[];
  /** The first of these headers that an answer has tells whether it came from a cache. */
  readonly cacheHeaders?: readonly string[];
  readonly stopAtErrorRatio: number;
  /** A query parameter whose value makes each request another one. */
  readonly distinctBy?: string;
  /** Takes a certificate that nobody vouches for. */
  readonly insecure?: boolean;
}

/** Requests leave when they are due, whether or not earlier ones have been answered. */
export interface OpenLoopPlan extends LoadBasics {
  readonly loop: 'open';
  readonly ratePerSecond: number;
  /** At most so many requests at once; 256 when left out. */
  readonly connections?: number;
}

/** Each connection sends its next request when the last one was answered: how much gets through, not what people wait. */
export interface ClosedLoopPlan extends LoadBasics {
  readonly loop: 'closed';
  readonly connections: number;
  /** There is no rate to keep under a ceiling, so the requests are counted: it ends after this many, warm-up included. */
  readonly maxRequests: number;
}

export type LoadPlan = OpenLoopPlan | ClosedLoopPlan;

/** One request of a load, as its mix asks for it. */
export interface Requested {
  readonly request: LoadRequest;
  /** The name of the mix's share that it belongs to. */
  readonly share: string;
  /** Whether the same request may have been asked before, so that the cache should answer. */
  readonly repeated: boolean;
}

export interface LoadResult {
  readonly loadRecorder: LoadRecorder;
  /** How often it was put on for its duration. */
  readonly stages: number;
  /** Null in a closed loop: as many as get through. */
  readonly planned: number | null;
  readonly sent: number;
  /** How long requests were due for; in a closed loop from the first request to the last answer. */
  readonly durationMs: number;
  /** Why the load ended before its time, or null. */
  readonly stopped: { readonly why: 'failing' | 'rate-limited' | 'interrupted'; readonly message: string } | null;
  readonly generator: GeneratorAudit;
  /** Requests whose end is not known: in flight when the load was stopped. */
  readonly abandoned: number;
}

export interface GeneratorAudit {
  /** Null in a closed loop. */
  readonly intendedPerSecond: number | null;
  readonly achievedPerSecond: number;
  /** Actual minus intended start; null in a closed loop. */
  readonly startDelayMs: { readonly p99: number; readonly max: number } | null;
  readonly eventLoopDelayMs: { readonly p99: number };
  /** Processor time of this process over wall time; 1 is a whole core. */
  readonly cpu: number;
  readonly maxInFlight: number;
  /** Whether the stated load was put on: at least 99 % of the rate, and every request came to an end. */
  readonly kept: boolean;
}
