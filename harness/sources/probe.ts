/** What every probe of a run is handed, and the shape in which the run takes them. */

import type { Progress } from '../lib/progress.ts';
import type { Redactor } from '../lib/redact.ts';
import type { RequestMeter } from '../lib/request-meter.ts';
import type { Shell } from '../lib/shell.ts';
import type { Evidence, QualityIssue } from '../model/evidence.ts';
import type { LiveTarget } from '../model/live-target.ts';
import type { Policy } from '../model/policy.ts';
import type { ControlKind } from '../model/target-policy.ts';
import type { BundleBaseline } from './bundle/collect-bundle.ts';
import type { AcceptedContracts } from './checks/collect-checks.ts';

/** Where probes put what they bring. */
export interface EvidenceFolder {
  readonly path: string;
  /** Evidence is on disk before anybody judges it. */
  saveEvidence(evidence: Evidence): void;
  /** Writes one document whole or not at all. */
  save(name: string, text: string): void;
}

export interface CollectOptions {
  readonly target: LiveTarget;
  readonly folder: EvidenceFolder;
  readonly browserPath: string | null;
  readonly shell: Shell;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** When the run began. */
  readonly startedAt: Date;
  /** Counts what is asked of the target; `shell` is its own. */
  readonly meter: RequestMeter;
  /** Takes secrets out of all that is kept. */
  readonly redactor: Redactor;
  /** Which probes, by name, could decide more with more samples; asked after each stage of sampling. */
  readonly stillOpen: (evidence: readonly Evidence[]) => ReadonlySet<string>;
  /** The scripts of the accepted release; a text says why nobody knows whether there is one. */
  readonly acceptedBundle: BundleBaseline | string | null;
  /** What the accepted release promised, by SLI; a text says why nobody knows. */
  readonly acceptedContracts: AcceptedContracts;
  /** Whether a calibration found the machine quiet, so that it may stand for the day. */
  readonly isQuiet: (machine: Evidence) => boolean;
  /** Where a visit asks for its turn, when another target is visited meanwhile. */
  readonly turnsAt?: string;
  /** This machine's calibration, where somebody has it already; null where nobody needs it. */
  readonly machine?: Evidence | null;
}

/**
 * When in a run a probe has its turn. Probes of a phase come in the order of their sources. What a person sees comes before
 * the load, which warms the target up.
 */
export const phases = [
  'before', // notes what is counted already
  'prepare', // needs nothing of the target
  'calibrate',
  'check',
  'visit',
  'scripts',
  'load',
  'read', // what others noted of the traffic
  'change', // late: what it changes must not be measured
  'log',
  'after',
] as const;
export type Phase = (typeof phases)[number];

/** How far a run is. */
export interface Progressed {
  /** What the probes before this one brought. */
  readonly before: readonly Evidence[];
  /** When the first evidence began that asks the target for something; null where none did. */
  readonly trafficSinceMs: number | null;
}

export interface Probe {
  readonly title: string;
  readonly phase: Phase;
  /** The evidence it brings, by name; none where it only prepares. */
  readonly brings: readonly string[];
  /** It asks the target for something, which logs should show. */
  readonly makesTraffic?: true;
  readonly run: (say: (text: string) => void, so: Progressed) => Promise<readonly Evidence[]>;
}

/** Of a probe that was not run, or not to be run. */
export function unavailable(probe: string, qualityIssue: QualityIssue, shell: Shell): Evidence {
  const at = shell.now().toISOString();
  return { status: 'unavailable', probe, startedAt: at, finishedAt: at, qualityIssues: [qualityIssue] };
}

/** Which probes could decide more, asked in the middle of one: without secrets and on disk before anybody judges it. */
export function stillOpenAfter(
  { redactor, folder, stillOpen }: CollectOptions,
  given: readonly Evidence[],
): ReadonlySet<string> {
  const evidence = redactor.deep(given);
  for (const one of evidence) folder.saveEvidence(one);
  return stillOpen(evidence);
}

/** Why this target takes no such control, for a probe that makes one otherwise. */
export function unlessAllowed({ target }: Policy, kind: ControlKind): { readonly withoutControl?: string } {
  const reason = target.withoutControls[kind];
  return reason === undefined ? {} : { withoutControl: reason };
}
