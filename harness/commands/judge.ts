/** `rampgate judge RUN`: judges saved evidence again, without network or clock; `--what-if` with other criteria. */
import { join, resolve } from 'node:path';
import { readRun, type SavedRun } from '../archive/read-run.ts';
import { choosePolicy } from '../config/choose-policy.ts';
import { loadConfig } from '../config/load-config.ts';
import { exitCodes } from '../exit-codes.ts';
import type { GateReport } from '../model.ts';
import type { RunPlan } from '../policy.ts';
import { renderTerminal } from '../report/render-terminal.ts';
import { renderWhatIf } from '../report/render-what-if.ts';
import type { Shell } from '../shell.ts';
import { concludeAgain } from './conclude-again.ts';

export interface JudgeFlags {
  readonly whatIf?: string;
  readonly json?: boolean;
}

/** Judges one run again; resolves to the exit code of the verdict. Writes nothing but what it prints. */
export async function judgeCommand(folder: string, flags: JudgeFlags, shell: Shell): Promise<number> {
  const path = resolve(shell.cwd, folder);
  const run = readRun(path);
  const again = concludeAgain(run.plan, run);
  const report = flags.whatIf === undefined ? again : concludeAgain(await planIf(flags.whatIf, run, shell), run);
  if (flags.json === true) shell.out(`${JSON.stringify(report, null, 1)}\n`);
  else if (flags.whatIf === undefined) {
    shell.out(`${renderTerminal(report, shell.terminal)}\n${sameAsThen(report, run, join(path, 'gate.json'))}\n`);
  } else {
    shell.out(renderWhatIf(again, report, shell.terminal));
  }
  return exitCodes[report.verdict];
}

/** The same findings, to the letter, or what is different now. */
function sameAsThen({ findings }: GateReport, { gateJson }: SavedRun, file: string): string {
  if (gateJson === null) return 'The run was not judged before: it ended in its middle.';
  // As it was written, not as a reader would put it in order.
  const { findings: then } = gateJson as Pick<GateReport, 'findings'>;
  const text = (finding: object | undefined): string => JSON.stringify(finding ?? null);
  const changed = findings.filter(
    (finding) => text(finding) !== text(then.find(({ criterion }) => criterion === finding.criterion)),
  );
  if (changed.length === 0 && then.length === findings.length) return `The same as in ${file}, to the letter.`;
  const ids = changed.map(({ criterion }) => criterion).join(', ');
  return `Not as in ${file}, which another Rampgate judged: ${ids}.`;
}

/**
 * The plan as another configuration would have it, for what this run set out to measure. What it did not bring stays asked
 * for: only what it never was to measure is left out.
 */
async function planIf(configPath: string, { plan }: SavedRun, shell: Shell): Promise<RunPlan> {
  const { rollout, hash } = await loadConfig(resolve(shell.cwd, configPath));
  const { target } = plan.run;
  const policy = choosePolicy(rollout, hash, {
    profile: plan.profile,
    ...(rollout.targets[target.name] === undefined ? {} : { target: target.name }),
  });
  const asked = new Set(plan.criteria.map(({ probe }) => probe));
  const { successCriteria, leftOut, waivers, errorBudget, rollback } = policy;
  return {
    run: plan.run,
    rollout: policy.rollout,
    configHash: policy.configHash,
    profile: policy.profile,
    successCriteria,
    criteria: policy.criteria.filter(({ probe }) => asked.has(probe)),
    leftOut: [
      ...leftOut,
      ...policy.criteria
        .filter(({ probe }) => !asked.has(probe))
        .map(({ id, title, checklist }) => ({ id, title, checklist, reason: 'that run was not to measure it' })),
    ],
    waivers,
    errorBudget,
    rollback,
    ...(plan.baselines === undefined ? {} : { baselines: plan.baselines }),
    ...(plan.arming === undefined ? {} : { arming: plan.arming }),
  };
}
