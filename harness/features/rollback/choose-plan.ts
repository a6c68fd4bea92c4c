/** Chooses the rollback plan: that of a run, or of the layers named by --scope. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chooseRollback, type Rollback } from '../../config/choose-rollback.ts';
import type { LoadedConfig } from '../../config/load-config.ts';
import { planRollback, planScope } from '../../judgement/rollback/plan-rollback.ts';
import { defined } from '../../lib/defined.ts';
import { instantText } from '../../lib/format.ts';
import { mistakes } from '../../lib/mistakes.ts';
import type { Shell } from '../../lib/shell.ts';
import { type GateReport, parseGateReport } from '../../model/gate-report.ts';
import type { RollbackPlan } from '../../model/rollback.ts';
import type { TargetIdentity } from '../../model/run.ts';
import { readPreflight } from '../../store/preflight-file.ts';
import { type Judged, readJudgedWatch } from '../../store/read-judged.ts';
import { readRun } from '../../store/read-run.ts';
import type { RollbackFlags } from './describe-rollback.ts';

export type ChoiceFlags = Pick<RollbackFlags, 'scope' | 'target' | 'web' | 'api' | 'out'>;

export interface ChosenPlan {
  readonly plan: RollbackPlan;
  readonly rollback: Rollback;
  /** The run or the watch that it belongs to; null with --scope. */
  readonly run: Judged | null;
  /** Where the steps act; null: its addresses are unknown. */
  readonly target: TargetIdentity | null;
  /** In words: the run and its day, or that --scope named it. */
  readonly belongsTo: string;
}

/**
 * The commands are the configuration's, never those of a saved run, which may come from anywhere and holds no secrets.
 * Throws an OperatorMistake for a folder without a judged run, and for a target that the configuration does not have.
 */
export function choosePlan(
  folder: string | undefined,
  { flags, config, shell }: { readonly flags: ChoiceFlags; readonly config: LoadedConfig; readonly shell: Shell },
): ChosenPlan {
  const reports = resolve(shell.cwd, flags.out);
  const at = shell.now().toISOString();
  if (flags.scope === undefined) {
    const run = judgedAt(resolve(shell.cwd, folder ?? join(reports, 'latest')));
    const { verdict, findings } = run;
    const rollback = chooseRollback(config, flags.target ?? run.target.name);
    const target = targetOf(rollback, flags, run.target) ?? run.target;
    const preflight = readPreflight(reports, rollback.target);
    return {
      plan: planRollback({ verdict, findings, policy: rollback.policy, target, preflight, at }),
      rollback,
      run,
      target,
      belongsTo: `${run.id} of ${instantText(run.startedAt)}, ${verdict}: ${target.name}, release ${target.release}`,
    };
  }
  const rollback = chooseRollback(config, flags.target);
  const { target: name } = rollback;
  const target = targetOf(rollback, flags);
  const question = { policy: rollback.policy, preflight: readPreflight(reports, name), at };
  return {
    plan: planScope({ ...question, scope: flags.scope, ...defined({ target: target ?? undefined }) }),
    rollback,
    run: null,
    target,
    belongsTo: `Asked for with --scope ${flags.scope}, not by a run: ${name}`,
  };
}

/** A gate's run, or a watch. Throws an OperatorMistake for anything else. */
export function judgedAt(folder: string): Judged {
  const watch = readJudgedWatch(folder);
  if (watch !== null) return watch;
  const { run, verdict, findings } = judgedRun(folder).report;
  return { id: run.id, folder, startedAt: run.startedAt, target: run.target, verdict, findings };
}

/** A run that ended before it was judged has no verdict to roll back for. */
export function judgedRun(folder: string): { readonly report: GateReport; readonly folder: string } {
  const { gateJson } = existsSync(folder) ? readRun(folder) : { gateJson: null };
  if (gateJson === null) throw mistakes.notJudged(folder);
  return { report: parseGateReport(gateJson), folder };
}

/** Where the steps act: the flags' addresses, else the run's, else the configured ones; null: there are none. */
export function targetOf(
  { target: name, at, release }: Rollback,
  flags: ChoiceFlags,
  of: TargetIdentity | null = null,
): TargetIdentity | null {
  if (of !== null) return { ...of, ...addressesIn(flags) };
  const { web = at?.web, api = at?.api } = addressesIn(flags);
  return web === undefined || api === undefined ? null : { name, release, web, api };
}

function addressesIn({ web, api }: ChoiceFlags): { readonly web?: string; readonly api?: string } {
  const bare = (url: string): string => url.replace(/\/+$/, '');
  return defined({ web: web === undefined ? web : bare(web), api: api === undefined ? api : bare(api) });
}
