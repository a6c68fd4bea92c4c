/** Which run may become a baseline, and what of it is saved. Pure. */

import { contractsSchema } from '../model/api-contract.ts';
import type { BaselineKind } from '../model/baseline.ts';
import type { Evidence, Growth, Measurement, TimingSample } from '../model/evidence.ts';
import type { Finding } from '../model/finding.ts';
import type { GateReport } from '../model/gate-report.ts';
import type { Instant } from '../model/units.ts';
import type { AcceptedBaseline, AcceptedBundle, BaselineDecision } from './decision.ts';
import type { RunHead, StoredRun } from './stored-run.ts';

export interface DecisionFacts {
  readonly kind: BaselineKind;
  readonly at: Instant;
  readonly by: string;
  readonly why: string;
}

/** Why a run never becomes a baseline; null where it may. */
export function whyNotAcceptable({ verdict, interrupted }: Pick<StoredRun, 'verdict' | 'interrupted'>): string | null {
  if (interrupted !== null) return `it did not come to its natural end (${interrupted})`;
  return verdict === 'go' ? null : `its verdict is ${verdict}, and only a run that is go becomes a baseline`;
}

export interface MeasuredRun {
  readonly run: StoredRun;
  readonly report: GateReport;
  readonly evidence: readonly Evidence[];
}

/** The decision with what later runs are compared with: the timings of what the run passed. */
export function acceptedBaseline({ run, report, evidence }: MeasuredRun, facts: DecisionFacts): AcceptedBaseline {
  const { criteria, ...head } = run;
  const good = goodSlis(report.findings, facts.kind);
  return {
    ...decisionOf('accept', head, facts),
    what: 'accept',
    criteria,
    machineNoise: report.machineNoise,
    bundle: bundleOf(evidence, good),
    contracts: facts.kind === 'release' ? contractsOf(evidence) : {},
    measurements: evidence
      .flatMap((one) => (one.status === 'collected' ? one.measurements : []))
      .filter(({ kind, sli }) => (kind === 'timings' || kind === 'distribution') && good.has(sli))
      .map(comparable),
  };
}

export function rejection(run: RunHead, facts: DecisionFacts): BaselineDecision {
  return decisionOf('reject', run, facts);
}

function decisionOf(
  what: BaselineDecision['what'],
  run: RunHead,
  { kind, at, by, why }: DecisionFacts,
): BaselineDecision {
  const time = at.replaceAll(/[-:.]/g, '');
  return { id: `${time}-${what}-${kind}-${run.id}`, what, kind, run, at, by, why };
}

/** A criterion that failed, was undecided or was waived is no baseline for others, whatever the verdict. */
function goodSlis(findings: readonly Finding[], kind: BaselineKind): ReadonlySet<string> {
  const slis = new Set(findings.map(({ sli }) => sli));
  for (const finding of findings) {
    const { sli, outcome, waived, observed } = finding;
    if (kind === 'release' && isIntendedChange(finding)) continue;
    if (outcome !== 'pass' || waived !== undefined || observed === undefined) slis.delete(sli);
  }
  return slis;
}

/** A person waived the change and then accepted the run: the change is intended. Only a person decides that, no rule. */
function isIntendedChange({ waived, observed }: Finding): boolean {
  return waived !== undefined && /^(?:change of |growth$)/.test(observed?.statistic ?? '');
}

/** The scripts as they are now, whatever they were compared with. */
function bundleOf(evidence: readonly Evidence[], good: ReadonlySet<string>): AcceptedBundle | null {
  for (const one of evidence) {
    if (one.status === 'unavailable') continue;
    const growth = one.measurements.find((each): each is Growth => each.kind === 'growth' && good.has(each.sli));
    const { measured, compression } = one.facts;
    if (growth === undefined || typeof measured !== 'string' || typeof compression !== 'string') continue;
    const scripts = growth.parts.flatMap(({ name, after }) => (after === null ? [] : [{ name, ...after }]));
    return { measured, compression, scripts };
  }
  return null;
}

/** The whole API contract counts from now on, waived breaking changes included: accepting the run accepts them. */
function contractsOf(evidence: readonly Evidence[]): AcceptedBaseline['contracts'] {
  const all = evidence.flatMap((one) => {
    const parsed = contractsSchema.safeParse(one.status === 'collected' ? one.facts['contracts'] : undefined);
    const isUnreliable = one.qualityIssues.some(({ slis }) => slis === undefined);
    return parsed.success && !isUnreliable ? Object.entries(parsed.data) : [];
  });
  return Object.fromEntries(all);
}

/** Without what a comparison does not need: requests are most of a sample's size. */
function comparable(measurement: Measurement): Measurement {
  if (measurement.kind !== 'timings') return measurement;
  return { ...measurement, samples: measurement.samples.map(withoutDetails) };
}

function withoutDetails({
  longTasksAtMs: _longTasksAt,
  longFramesMs: _longFrames,
  vanished: _vanished,
  ...sample
}: TimingSample): TimingSample {
  return { ...sample, longTasksMs: [], layoutShift: 0, requests: [] };
}
