/** Counts what a run asks of its target, and refuses what would go beyond its ceiling. */
import type { Shell } from './shell.ts';

export interface RequestMeter {
  /** The shell it was opened with, except that what it asks of the target counts, and is refused beyond the ceiling. */
  readonly shell: Shell;
  /** From now on requests to the origins of these addresses count; those that were made to them before count as well. */
  watch(addresses: readonly string[]): void;
  /** Requests that somebody else made: a browser, a load generator. */
  add(requests: number): void;
  made(): number;
  /** How many more may be made; infinite where there is no ceiling. */
  left(): number;
}

/** `ceiling` is null where nobody set one. */
export function openRequestMeter(shell: Shell, ceiling: number | null): RequestMeter {
  const asked: string[] = [];
  let watched = new Set<string>();
  let added = 0;
  const made = (): number => added + asked.filter((origin) => watched.has(origin)).length;
  const left = (): number => Math.max(0, (ceiling ?? Number.POSITIVE_INFINITY) - made());
  return {
    shell: {
      ...shell,
      request: (url, options) => {
        const { origin } = new URL(url);
        if (watched.has(origin) && left() === 0) {
          return Promise.reject(new Error(`it would be request ${made() + 1}, and ${ceiling} are the most allowed`));
        }
        asked.push(origin);
        return shell.request(url, options);
      },
    },
    watch: (addresses) => {
      watched = new Set(addresses.map((address) => new URL(address).origin));
    },
    add: (requests) => {
      added += requests;
    },
    made,
    left,
  };
}
