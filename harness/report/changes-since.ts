/** What is different from the last go: what was examined and with what, and which criteria came out otherwise. */

import type { Limit } from '../model/criterion.ts';
import type { Finding, Observed } from '../model/finding.ts';
import type { GateReport } from '../model/gate-report.ts';
import type { CriterionThen, KnownGo } from '../model/last-go.ts';

export interface Changes {
  /** What is not the same of the runs themselves: release, machine, configuration. */
  readonly circumstances: readonly { readonly term: string; readonly was: string; readonly now: string }[];
  /** Criteria that came out otherwise, worst first; the order of the report within a kind. */
  readonly criteria: readonly CriterionChange[];
  /** Ids of criteria that this run did not judge and that one did. */
  readonly gone: readonly string[];
}

export interface CriterionChange {
  readonly kind: 'worse-outcome' | 'worse' | 'new' | 'other-limit' | 'better-outcome' | 'better';
  readonly finding: Finding;
  /** Null: it was not judged then. */
  readonly was: CriterionThen | null;
}

const kindsWorstFirst: readonly CriterionChange['kind'][] = [
  'worse-outcome',
  'worse',
  'new',
  'other-limit',
  'better-outcome',
  'better',
];

/**
 * A value has changed only where the two intervals have nothing in common, and in a run on another machine or with another
 * browser not even then: what is said of it is what is seen, not a judgement.
 */
export function changesSince(before: KnownGo, { run, findings }: GateReport): Changes {
  const then = new Map(before.criteria.map((one) => [one.criterion, one]));
  const now = new Set(findings.map(({ criterion }) => criterion));
  const criteria = findings.flatMap((finding) => {
    const was = then.get(finding.criterion) ?? null;
    const kind = kindOf(finding, was);
    return kind === null ? [] : [{ kind, finding, was }];
  });
  return {
    circumstances: circumstancesOf(before, run),
    criteria: criteria.toSorted((a, b) => kindsWorstFirst.indexOf(a.kind) - kindsWorstFirst.indexOf(b.kind)),
    gone: before.criteria.map(({ criterion }) => criterion).filter((criterion) => !now.has(criterion)),
  };
}

function circumstancesOf({ run: then }: KnownGo, now: GateReport['run']): Changes['circumstances'] {
  const terms: readonly (readonly [term: string, then: string, now: string])[] = [
    ['Release', then.release, now.target.release],
    ['Configuration', then.configHash, now.configHash],
    ['Rampgate', `${then.tool.version} (${then.tool.commit})`, `${now.tool.version} (${now.tool.commit})`],
    ['Browser', then.environment.browser, now.environment.browser],
    ['Machine', then.environment.machineClass, now.environment.machineClass],
    ['System', then.environment.os, now.environment.os],
    ['Node', then.environment.node, now.environment.node],
  ];
  return terms.filter(([, a, b]) => a !== b).map(([term, a, b]) => ({ term, was: a, now: b }));
}

function kindOf(finding: Finding, then: CriterionThen | null): CriterionChange['kind'] | null {
  if (then === null) return 'new';
  if (finding.outcome !== then.outcome) return finding.outcome === 'pass' ? 'better-outcome' : 'worse-outcome';
  if (!sameLimit(finding.limit, then.limit)) return 'other-limit';
  const apart = apartness(then.observed, finding.observed);
  if (apart === 0) return null;
  const upIsBad = finding.limit.op === '<' || finding.limit.op === '<=';
  return apart > 0 === upIsBad ? 'worse' : 'better';
}

function sameLimit(a: Limit, b: Limit): boolean {
  return a.op === b.op && a.value === b.value && a.unit === b.unit;
}

/** More than 0 where the whole interval lies above the one before, less where below, 0 where they touch or nobody can say. */
function apartness(then: Observed | undefined, now: Observed | undefined): number {
  if (then === undefined || now === undefined || then.statistic !== now.statistic || then.unit !== now.unit) return 0;
  const [thenLow, thenHigh] = endsOf(then);
  const [nowLow, nowHigh] = endsOf(now);
  if (nowLow !== null && thenHigh !== null && nowLow > thenHigh) return 1;
  return nowHigh !== null && thenLow !== null && nowHigh < thenLow ? -1 : 0;
}

/** An exact value is its own interval. */
function endsOf({ interval, value }: Observed): readonly [number | null, number | null] {
  return interval ?? [value, value];
}
