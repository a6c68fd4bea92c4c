/** Judges how much larger something is than its baseline: exact, because every byte of both was counted. */
import type { Criterion, Limit } from '../model/criterion.ts';
import type { Growth, GrowthPart, Sizes } from '../model/evidence.ts';
import * as messages from './growth-messages.ts';
import { atLeastOne, type JudgedPart } from './judged-part.ts';
import { holds, limitsFromAbove } from './limits.ts';

/** A growth beyond the limit fails however few the parts; from nothing, nothing has grown. */
export function judgeGrowth({ limit, minSamples }: Criterion, growth: Growth): JudgedPart {
  const needed = atLeastOne(minSamples);
  const total = totalOf(growth.parts);
  const before = total.before[growth.judged];
  const part = { label: 'growth', nature: 'exact', limit } as const;
  if (before <= 0) return { ...part, ...undecided, ...messages.nothingBefore(growth) };
  const value = (total.after[growth.judged] - before) / before;
  const observed = { statistic: 'growth', value, unit: 'ratio', samples: growth.count } as const;
  const detects = detectsOf(growth, before, limit);
  if (!holds(value, limit)) {
    const message = messages.grownBeyond(growth, total, limit);
    return { ...part, observed, outcome: 'fail', reason: 'growth-beyond-limit', message, ...detects };
  }
  if (growth.count < needed) return { ...part, observed, ...undecided, ...messages.tooFewParts(growth, total, needed) };
  const message = messages.grownWithin(growth, total, limit);
  return { ...part, observed, outcome: 'pass', reason: 'growth-within-limit', message, ...detects };
}

const undecided = { outcome: 'inconclusive', reason: 'too-few-samples' } as const;

function totalOf(parts: readonly GrowthPart[]): messages.Total {
  const nothing: Sizes = { raw: 0, gzip: 0, brotli: 0 };
  const sum = (side: 'before' | 'after'): Sizes =>
    parts.reduce((all, part) => {
      const { raw, gzip, brotli } = part[side] ?? nothing;
      return { raw: all.raw + raw, gzip: all.gzip + gzip, brotli: all.brotli + brotli };
    }, nothing);
  return { before: sum('before'), after: sum('after') };
}

function detectsOf(growth: Growth, before: number, limit: Limit): Pick<JudgedPart, 'detects'> {
  // Only a limit from above can be exceeded by growth.
  if (!limitsFromAbove(limit)) return {};
  let bytes = Math.floor(before * limit.value);
  while (holds(bytes / before, limit)) bytes += 1;
  return { detects: messages.detectsGrowth(growth, { bytes, before }) };
}
