/** A limit on a change, as the time that it comes to: what the baseline took, and what may be added to it. */
import { formatLimit, formatValue } from '../../lib/format.ts';
import type { Finding, Observed } from '../../model/finding.ts';

export interface Edge {
  /** The finding as one of the times themselves, so that it can be drawn like any other. */
  readonly finding: Finding & { readonly observed: Observed };
  readonly beforeMs: number;
  /** What limit and band are, for the caption. */
  readonly note: string;
}

/** Null where the report does not know what was compared. */
export function edgeOf(finding: Finding): Edge | null {
  const { observed, limit } = finding;
  const compared = observed?.compared;
  if (observed === undefined || compared === undefined) return null;
  const { beforeMs, nowMs } = compared;
  const inMs = (change: number): number => beforeMs + (limit.unit === 'ratio' ? change * beforeMs : change);
  const [low, high] = observed.interval ?? [null, null];
  const statistic = observed.statistic.replace('change of ', '');
  const { alert: _alert, warn: _warn, ...rest } = finding;
  return {
    finding: {
      ...rest,
      parts: [],
      limit: { op: limit.op, value: inMs(limit.value), unit: 'ms' },
      observed: {
        statistic,
        value: nowMs,
        unit: 'ms',
        interval: [low === null ? null : inMs(low), high === null ? null : inMs(high)],
        samples: observed.samples,
      },
    },
    beforeMs,
    note: `The limit line is the baseline's ${statistic}, ${formatValue(beforeMs, 'ms')}, with the change of ${formatLimit(limit)} that is allowed; the band is where the change's interval puts this run.`,
  };
}
