/** A small gate after a step: do the criteria hold that it must keep? */
import { relative } from 'node:path';
import { choosePolicy } from '../../config/choose-policy.ts';
import type { LoadedConfig } from '../../config/load-config.ts';
import { browserFor } from '../../gate/browser-for.ts';
import { runGate } from '../../gate/run.ts';
import { mayBeLoaded } from '../../gate/target.ts';
import { mistakes, OperatorMistake } from '../../lib/mistakes.ts';
import type { Progress } from '../../lib/progress.ts';
import type { Shell } from '../../lib/shell.ts';
import type { RollbackStep } from '../../model/rollback.ts';
import type { TargetIdentity } from '../../model/run.ts';
import { needsBrowser, type Policy, putsLoad } from '../../sources/registry.ts';
import type { StepProof } from './log.ts';

export interface Proving {
  readonly policy: Policy;
  readonly browserPath: string | null;
}

/**
 * How a step will be proved; null where it names no criteria. Found out before anything runs. Throws an OperatorMistake where
 * no load is allowed that is needed, and where there is no browser.
 */
export function provingOf(
  { proves = [] }: RollbackStep,
  {
    config,
    profile,
    target,
    flags,
    shell,
  }: {
    readonly config: LoadedConfig;
    readonly profile: string | null;
    readonly target: TargetIdentity;
    readonly flags: { readonly config: string; readonly browser?: string };
    readonly shell: Shell;
  },
): Proving | null {
  if (proves.length === 0 || profile === null) return null;
  const { name, web, api } = target;
  const policy = choosePolicy(config.rollout, config.hash, { profile, target: name, only: proves, web, api });
  if (putsLoad(policy) && !mayBeLoaded(policy.target, api)) {
    throw mistakes.hostNotAllowed(new URL(api).hostname, name);
  }
  return { policy, browserPath: needsBrowser(policy) ? browserFor(policy, flags, shell) : null };
}

/** Measures and judges; what keeps it from doing so is no proof. */
export async function proveStep(
  { policy, browserPath }: Proving,
  {
    folder,
    shell,
    signal,
    progress,
  }: {
    /** Where its run goes, below the log's. */
    readonly folder: { readonly log: string; readonly runs: string };
    readonly shell: Shell;
    readonly signal: AbortSignal;
    readonly progress: Progress;
  },
): Promise<StepProof> {
  try {
    const { report, folder: run } = await runGate(policy, {
      reports: folder.runs,
      browserPath,
      shell,
      progress,
      signal,
      accepted: async () => ({
        baselines: { kind: 'release', runs: [], none: 'After a step back nothing is compared' },
        bundle: null,
        contracts: {},
      }),
      // The run that led here was told already.
      tell: async () => null,
    });
    const findings = report.findings.map(({ criterion, outcome, message }) => ({ criterion, outcome, message }));
    return { verdict: report.verdict, run: relative(folder.log, run.path), findings };
  } catch (error) {
    if (!(error instanceof OperatorMistake)) throw error;
    return {
      verdict: 'inconclusive',
      run: null,
      findings: policy.criteria.map(({ id }) => ({ criterion: id, outcome: 'inconclusive', message: error.message })),
    };
  }
}
