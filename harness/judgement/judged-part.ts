/** A judged part of a criterion: what the judges of the different statistics return. */

import type { Limit } from '../model/criterion.ts';
import type { FindingPart, Observed } from '../model/finding.ts';
import { type Interval, limitsFromAbove } from './limits.ts';

export interface JudgedPart extends FindingPart {
  /** `sampled` speaks about all visits or requests from a sample of them; `exact` was counted whole. */
  readonly nature: 'sampled' | 'exact';
  readonly detects?: string;
  readonly needs?: string;
}

/** An estimate with its interval, before it is held against a limit. */
export interface Estimate extends Observed {
  readonly interval: Interval;
  readonly confidence: number;
}

/** A judged part before it has its label. */
export type Answer = Omit<JudgedPart, 'label'>;

/** Silence never passes: one sample is needed even where a criterion asks for none. */
export function atLeastOne(minSamples: number): number {
  return Math.max(1, minSamples);
}

/** How much room a part has left to its limit, relative to the limit; negative beyond it, none where nothing was seen. */
export function headroom({ observed, limit }: { readonly observed?: Observed; readonly limit: Limit }): number {
  if (observed === undefined) return Number.NEGATIVE_INFINITY;
  const room = limitsFromAbove(limit) ? limit.value - observed.value : observed.value - limit.value;
  return limit.value === 0 ? room : room / limit.value;
}
