/** `rampgate rollback [RUN]`: the rollback plan of a run: printed, checked beforehand, or executed. */
import { resolve } from 'node:path';
import { checkAddresses } from '../../config/check-addresses.ts';
import { chooseRollback } from '../../config/choose-rollback.ts';
import { type LoadedConfig, loadConfig } from '../../config/load-config.ts';
import { preflightOf } from '../../judgement/rollback/preflight.ts';
import { exitCodes } from '../../lib/exit-codes.ts';
import { interruptible } from '../../lib/interruptible.ts';
import { redactorFor } from '../../lib/redact.ts';
import { type Shell, shortestPath } from '../../lib/shell.ts';
import { showProgress } from '../../lib/show-progress.ts';
import { savePreflight } from '../../store/preflight-file.ts';
import { choosePlan, judgedAt, targetOf } from './choose-plan.ts';
import type { RollbackFlags } from './describe-rollback.ts';
import { executeCommand } from './execute-command.ts';
import { renderPlan } from './page/render-plan.ts';
import { renderPreflight } from './page/render-preflight.ts';
import { runPreflight } from './preflight.ts';

/** Resolves to the exit code. Without `--check` and `--execute` it reads and prints, and nothing else. */
export async function rollbackCommand(run: string | undefined, flags: RollbackFlags, shell: Shell): Promise<number> {
  checkAddresses(flags);
  const config = await loadConfig(resolve(shell.cwd, flags.config));
  if (flags.check === true) return checkCommand(run, { flags, config, shell });
  if (flags.execute === true) return executeCommand(run, { flags, config, shell });
  const { plan, belongsTo } = choosePlan(run, { flags, config, shell });
  shell.out(flags.json === true ? `${JSON.stringify(plan, null, 1)}\n` : renderPlan(plan, belongsTo, shell.terminal));
  return exitCodes.go;
}

interface Asked {
  readonly flags: RollbackFlags;
  readonly config: LoadedConfig;
  readonly shell: Shell;
}

/** Checks every step of the target: which ones a run needs is not known beforehand. */
async function checkCommand(run: string | undefined, { flags, config, shell }: Asked): Promise<number> {
  const of = run === undefined ? null : judgedAt(resolve(shell.cwd, run)).target;
  const rollback = chooseRollback(config, flags.target ?? of?.name);
  const { policy, target: targetName } = rollback;
  const interruption = interruptible(shell);
  try {
    const preflight = await showProgress(shell.terminal)('Check that the rollback can be carried out', (onProgress) =>
      runPreflight({
        policy,
        targetName,
        target: targetOf(rollback, flags, of),
        shell,
        redactor: redactorFor(shell.env),
        signal: interruption.signal,
        onProgress,
      }),
    );
    if (interruption.signal.aborted) return exitCodes.interrupted;
    const file = savePreflight(resolve(shell.cwd, flags.out), preflight);
    const readiness = preflightOf(policy.steps, { policy, preflight });
    const { width } = shell.terminal;
    shell.out(
      flags.json === true
        ? `${JSON.stringify({ ...readiness, ...preflight }, null, 1)}\n`
        : `${renderPreflight(preflight, policy.steps, { readiness, width })}Kept for the reports of a day: ${shortestPath(file, shell)}\n`,
    );
    return readiness.armed ? exitCodes.go : exitCodes.inconclusive;
  } finally {
    interruption.release();
  }
}
