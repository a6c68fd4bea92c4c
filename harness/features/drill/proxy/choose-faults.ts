/** Which of the planted faults concern a request. Counts requests, and is otherwise pure. */
import type { ProxyFault } from '../../../model/proxy-fault.ts';

/** Asked once for each request, with its method and its path with the query. */
export type ChooseFaults = (method: string, path: string) => readonly ProxyFault[];

/**
 * Shares are exact and evenly spread: of 1,000 requests that a fault of 0.4 % concerns, four have it. A preflight is the
 * browser's own question and never has one.
 */
export function faultChooser(faults: readonly ProxyFault[]): ChooseFaults {
  const planted = faults.map((fault) => ({
    fault,
    concerns: fault.on === undefined ? null : new RegExp(fault.on),
    isNext: everyShare(fault.share ?? 1),
  }));
  return (method, path) =>
    method === 'OPTIONS'
      ? []
      : planted
          .filter(({ concerns, isNext }) => (concerns === null || concerns.test(path)) && isNext())
          .map(({ fault }) => fault);
}

/** True for exactly this share of its calls: the first time when the calls so far owe a whole one. */
function everyShare(share: number): () => boolean {
  let calls = 0;
  return () => {
    const owed = Math.floor(calls * share + ROUNDING);
    calls += 1;
    return Math.floor(calls * share + ROUNDING) > owed;
  };
}

/** A hundred times 0.01 is a little less than one in floating point. */
const ROUNDING = 1e-9;
