/** `rampgate judge RUN`: judges saved evidence again, without network or clock; `--what-if` with other criteria. */

import { join, resolve } from 'node:path';
import { choosePolicy } from '../config/choose-policy.ts';
import { loadConfig } from '../config/load-config.ts';
import { changedFindings, concludeAgain } from '../gate/judge-again.ts';
import { defined } from '../lib/defined.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import type { Shell } from '../lib/shell.ts';
import type { GateReport } from '../model/gate-report.ts';
import type { RunPlan } from '../model/run-plan.ts';
import { renderTerminal } from '../report/gate-document.ts';
import { renderWhatIf } from '../report/render-what-if.ts';
import { isArchive, withRunFolder } from '../store/open-archive.ts';
import { readRun, type SavedRun } from '../store/read-run.ts';
import type { JudgeFlags } from './describe-judge.ts';

/** Judges one run again; resolves to the exit code of the verdict. Writes nothing but what it prints. */
export async function judgeCommand(place: string, flags: JudgeFlags, shell: Shell): Promise<number> {
  const path = resolve(shell.cwd, place);
  return await withRunFolder(path, (folder) =>
    judgeRun(readRun(folder), {
      flags,
      shell,
      gateFile: isArchive(path) ? `gate.json of ${path}` : join(path, 'gate.json'),
    }),
  );
}

interface Judging {
  readonly flags: JudgeFlags;
  readonly shell: Shell;
  /** What the saved findings are called. */
  readonly gateFile: string;
}

async function judgeRun(run: SavedRun, { flags, shell, gateFile }: Judging): Promise<number> {
  const again = concludeAgain(run.plan, run);
  const report = flags.whatIf === undefined ? again : concludeAgain(await planIf(flags.whatIf, run, shell), run);
  if (flags.json === true) shell.out(`${JSON.stringify(report, null, 1)}\n`);
  else if (flags.whatIf === undefined) {
    shell.out(`${renderTerminal(report, shell.terminal)}\n${sameAsThen(report, run, gateFile)}\n`);
  } else {
    shell.out(renderWhatIf(again, report, shell.terminal));
  }
  return exitCodes[report.verdict];
}

/** Whether the findings are the saved ones, to the letter; else which differ. */
function sameAsThen(report: GateReport, run: SavedRun, file: string): string {
  if (run.gateJson === null) return 'The run was not judged before: it did not finish.';
  const changed = changedFindings(report, run);
  if (changed.length === 0) return `The same as in ${file}, to the letter.`;
  return `Not as in ${file}, which another Rampgate judged: ${changed.join(', ')}.`;
}

/**
 * The plan with the criteria of another configuration, for the probes that this run planned. A planned probe without evidence stays
 * in it; only probes that were never planned are left out.
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
    ...defined({ baselines: plan.baselines, preflight: plan.preflight }),
  };
}
