/** What one run is asked to do, apart from what each source is asked: which target, which criteria, who is told. */
import type { BaselineKind } from './baseline.ts';
import type { NotifyPolicy, ReportingPolicy } from './notify-policy.ts';
import type { JudgingPolicy } from './run-plan.ts';
import type { WarmUp } from './scenario-plan.ts';
import type { TargetPolicy } from './target-policy.ts';

export interface Policy extends JudgingPolicy {
  /** What its criteria "vs baseline" compare with; `nightly`: a run that is go joins the window. */
  readonly comparesWith: BaselineKind;
  readonly target: TargetPolicy;
  /** Null: nobody is told. */
  readonly reporting: ReportingPolicy | null;
  /** Null: no channel is configured. */
  readonly notify: NotifyPolicy | null;
  readonly browser: {
    readonly executablePath?: string;
    readonly args: readonly string[];
    readonly stepTimeoutMs: number;
    /** One more visit per scenario with Playwright's trace and a HAR: of a failure, or of the slowest sample's journey. */
    readonly trace: boolean;
    /** The visits are told in so many passes, each with a browser of its own; two when left out. */
    readonly passes?: number;
    /** What is told once, uncounted, before it counts: each journey (when left out), or only the first in each browser. */
    readonly warmUp?: WarmUp;
    /** Page below the web address on which the browser is proved to hear errors and requests. */
    readonly controlPath?: string;
  };
  readonly safety: SafetyPolicy;
}

export interface SafetyPolicy {
  readonly maxRatePerSecond: number;
  readonly maxRequests: number;
  readonly stopAtErrorRatio: number;
}
