/** The requests of a load, as the rollout defines them. */
import type { ApiConventions } from './target-policy.ts';

/** One request of a load mix; paths are relative to the target's API address. */
export interface LoadRequest {
  readonly path: string;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD';
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string;
}

/** A share of the load, all of one kind. */
export interface LoadShare {
  readonly name: string;
  /** Part of the arrivals, 0 to 1; the shares of a mix add up to 1. */
  readonly share: number;
  /** Taken in turn. */
  readonly requests: readonly [LoadRequest, ...LoadRequest[]];
  /** The same requests again and again: answers after the first should come from the cache. */
  readonly repeated?: boolean;
  /** A request that was never made before: where the cache header says miss, and hit for its repetition, it can be trusted. */
  readonly unasked?: LoadRequest;
}

/** What a `mix` function may use to find out what it can request. */
export interface MixContext {
  readonly artifacts: { readonly [part: string]: { readonly id: string; readonly name: string } };
  readonly conventions: ApiConventions;
  /** GETs JSON from a path relative to the target's API address. Rejects when the answer is not 2xx JSON. */
  readonly getJson: (path: string) => Promise<unknown>;
}

/** Which requests to make, one after the other. */
export type AskFunction = (context: MixContext) => Promise<readonly LoadRequest[]>;

export type MixFunction = (context: MixContext) => Promise<readonly LoadShare[]>;
