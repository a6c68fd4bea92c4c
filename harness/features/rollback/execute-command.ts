/** `rampgate rollback RUN --execute`: executes the rollback plan of a no-go run, or of the layers named by --scope. */
import { resolve } from 'node:path';
import type { LoadedConfig } from '../../config/load-config.ts';
import { browserFor } from '../../gate/browser-for.ts';
import { valuesFor } from '../../judgement/rollback/step-for.ts';
import { actorOf } from '../../lib/actor.ts';
import { defined } from '../../lib/defined.ts';
import { exitCodes } from '../../lib/exit-codes.ts';
import { interruptible } from '../../lib/interruptible.ts';
import { mistakes } from '../../lib/mistakes.ts';
import { redactorFor } from '../../lib/redact.ts';
import { type Shell, shortestPath } from '../../lib/shell.ts';
import { showProgress } from '../../lib/show-progress.ts';
import { fillAddress, fillText, missingIn } from '../../lib/template.ts';
import type { RollbackStepPolicy } from '../../model/rollback.ts';
import type { TargetIdentity } from '../../model/run.ts';
import { deliveryLines } from '../../report/delivery-wording.ts';
import { type ChosenPlan, choosePlan } from './choose-plan.ts';
import { askEach, confirmedOnce } from './confirm.ts';
import type { RollbackFlags } from './describe-rollback.ts';
import { type Execution, executePlan } from './execute-plan.ts';
import { hasActed, type RollbackLog } from './log.ts';
import { notifyRollback } from './notify-rollback.ts';
import { renderLog } from './page/render-log.ts';
import { renderPlan, renderStep } from './page/render-plan.ts';
import { provingOf } from './prove-step.ts';
import { openRollbackFolder, readRollbacks } from './rollback-folder.ts';

interface Asked {
  readonly flags: RollbackFlags;
  readonly config: LoadedConfig;
  readonly shell: Shell;
}

/** Everything that could prevent execution or verification is an OperatorMistake before anything runs. */
export async function executeCommand(run: string | undefined, asked: Asked): Promise<number> {
  const { flags, shell } = asked;
  if (run === undefined && flags.scope === undefined) throw mistakes.nothingNamed();
  const chosen = choosePlan(run, asked);
  const target = checkedTarget(chosen);
  const confirmWith = confirmation(chosen, flags, shell);
  const executions = executionsOf(chosen, target, asked);
  shell.err(`${renderPlan(chosen.plan, chosen.belongsTo, shell.terminal)}\n`);
  const folder = openRollbackFolder(
    chosen.run === null ? { reports: resolve(shell.cwd, flags.out) } : { run: chosen.run.folder },
    shell.now(),
  );
  const interruption = interruptible(shell);
  try {
    const log = await executePlan(
      {
        id: folder.id,
        run: chosen.run?.id ?? null,
        target,
        scope: chosen.plan.scope,
        by: actorOf(shell.env),
        confirmed: flags.yes === undefined ? 'asked' : 'typed',
        startedAt: shell.now().toISOString(),
      },
      executions,
      {
        folder,
        confirm: confirmWith((execution, number) =>
          shell.err(`\n${renderStep(execution.step, number, shell.terminal)}\n`),
        ),
        shell,
        redactor: redactorFor(shell.env),
        signal: interruption.signal,
        progress: showProgress(shell.terminal),
      },
    );
    shell.out(
      flags.json === true
        ? `${JSON.stringify(log, null, 1)}\n`
        : `\n${renderLog(log, chosen.plan, shell.terminal)}Log: ${shortestPath(folder.path, shell)}\n`,
    );
    const reports = resolve(shell.cwd, flags.out);
    const delivery = await notifyRollback(log, asked.config.rollout, { reports, shell });
    if (delivery !== null) shell.err(`${deliveryLines(delivery, shell.terminal).join('\n')}\n`);
    return exitCodeOf(log);
  } finally {
    interruption.release();
  }
}

function checkedTarget({ plan, run, target, rollback }: ChosenPlan): TargetIdentity {
  if (run !== null && run.verdict !== 'no-go') {
    throw mistakes.nothingToRollBack(run.id, run.verdict);
  }
  if (target === null) throw mistakes.noAddressToRollBack(rollback.target);
  if (plan.steps.length === 0) throw mistakes.noStepBack(rollback.target);
  return target;
}

/** Expects the run's id, or the target's name where there is no run, so that nobody confirms the wrong rollback. */
function confirmation({ run, rollback }: ChosenPlan, { yes }: RollbackFlags, { ask }: Shell) {
  const expected = run?.id ?? rollback.target;
  if (yes !== undefined && yes !== expected) throw mistakes.anotherIdTyped(yes, expected);
  if (yes !== undefined) return confirmedOnce;
  if (ask === null) throw mistakes.nobodyToAsk(expected);
  return (show: Parameters<typeof askEach>[1]) => askEach(ask, show);
}

function executionsOf({ plan, run, rollback }: ChosenPlan, target: TargetIdentity, asked: Asked): Execution[] {
  const values = valuesFor({ policy: rollback.policy, target });
  const earlier = run === null ? [] : readRollbacks(run.folder).flatMap(({ steps }) => steps.filter(hasActed));
  return plan.steps.map((step) => {
    const stated = rollback.policy.steps.find(
      ({ title, layer }) => layer === step.layer && fillText(title, values) === step.title,
    );
    if (stated === undefined) throw new Error(`the plan has a step that the configuration has not: ${step.title}`);
    const missing = missingIn(stated.command ?? '', values);
    if (missing.length > 0) throw mistakes.valuesMissing(step.title, missing);
    if (!isVerifiable(stated)) throw mistakes.nothingTellsThatItWorked(step.title);
    return {
      step,
      policy: { env: stated.env, timeoutMs: stated.timeoutMs, settles: filledSettle(stated, values) },
      cacheStorage:
        stated.cacheStorage === undefined
          ? null
          : {
              url: fillAddress(stated.cacheStorage, values),
              browserPath: browserFor({ browser: asked.config.rollout.browser }, asked.flags, asked.shell),
            },
      proving: provingOf(step, { ...asked, profile: rollback.proveWith, target: { ...target, name: rollback.target } }),
      before: earlier.findLast((one) => one.title === step.title) ?? null,
    };
  });
}

/** Whether success would be visible. A step with the role `look` changes nothing, so nothing has to show. */
function isVerifiable({ role, settles, cacheStorage, proves }: RollbackStepPolicy): boolean {
  const tells = settles.shows !== undefined || settles.header !== undefined;
  return role === 'look' || tells || cacheStorage !== undefined || proves.length > 0;
}

function filledSettle(
  { settles: { at, shows, ...settles } }: RollbackStepPolicy,
  values: Parameters<typeof fillAddress>[1],
): RollbackStepPolicy['settles'] {
  return {
    ...settles,
    at: fillAddress(at, values),
    ...defined({ shows: shows === undefined ? undefined : fillText(shows, values) }),
  };
}

function exitCodeOf({ outcome }: RollbackLog): number {
  switch (outcome) {
    case 'done':
      return exitCodes.go;
    case 'stopped':
    case 'running':
      return exitCodes['no-go'];
    case 'left':
      return exitCodes.inconclusive;
    case 'interrupted':
      return exitCodes.interrupted;
  }
}
