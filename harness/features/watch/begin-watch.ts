/** How a watch begins, and how one that was ended is gone on with. */

import { machineOf, toolVersion } from '../../lib/environment.ts';
import { mistakes } from '../../lib/mistakes.ts';
import type { Redactor } from '../../lib/redact.ts';
import type { LiveTarget } from '../../model/live-target.ts';
import type { Policy } from '../../sources/registry.ts';
import { readPreflight } from '../../store/preflight-file.ts';
import type { WatchFlags } from './describe-watch.ts';
import { advance, replay, startWatch, type WatchState } from './engine/advance.ts';
import { planWatch } from './engine/plan-watch.ts';
import type { WatchClock } from './sampling/clock.ts';
import { type AskedOf, openWatchFolder, type reopenWatch, type WatchFolder } from './watch-folder.ts';
import type { WatchPolicy } from './watch-policy.ts';

/** What a watch is asked for. These cannot be asked anew of one that goes on: its plan is made. */
const settled = ['for', 'stage', 'only'] as const;
const kept = [...settled, 'config', 'target', 'web', 'api', 'logs', 'every', 'browser'] as const;

export function askedOf(flags: WatchFlags): AskedOf {
  const given = kept.map((flag) => [flag, flags[flag]] as const).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as AskedOf;
}

/** As it was asked for when it began, but for what is said anew. Throws an OperatorMistake for what its plan has settled. */
export function flagsToGoOn(flags: WatchFlags, asked: AskedOf): WatchFlags {
  for (const flag of settled) {
    const given = flags[flag];
    if (given === undefined || String(given) === String(asked[flag])) continue;
    throw mistakes.settledByTheWatch(
      `--${flag}`,
      String(given),
      asked[flag] === undefined ? null : String(asked[flag]),
    );
  }
  return { ...asked, ...flags };
}

export interface Begun {
  readonly folder: WatchFolder;
  readonly state: WatchState;
}

export interface Beginning {
  readonly asked: AskedOf;
  readonly policy: Policy;
  readonly settings: WatchPolicy;
  readonly target: LiveTarget;
  readonly redactor: Redactor;
  readonly reports: string;
}

/** A new watch, whose plan and flags are on disk before anything is sampled. */
export function begin({ policy, settings, target, redactor, reports, asked }: Beginning, clock: WatchClock): Begun {
  const startedAt = new Date(clock.read().wallMs);
  const folder = openWatchFolder(reports, startedAt);
  const identity = {
    id: folder.id,
    startedAt: startedAt.toISOString(),
    tool: toolVersion(),
    target: target.identity,
    machine: machineOf().machineClass,
    preflight: readPreflight(reports, policy.target.name),
  };
  const plan = redactor.deep(planWatch(policy, settings, identity));
  folder.savePlan(plan);
  folder.saveAsked(redactor.deep(asked));
  return { folder, state: startWatch(plan) };
}

/** The journal told again leads to where it stood; what passed since is a gap. */
export function goOn(earlier: ReturnType<typeof reopenWatch>, clock: WatchClock): Begun {
  const stood = replay(earlier.plan, earlier.observations);
  const at = new Date(clock.read().wallMs);
  // A clock that was set back meanwhile must not take time away.
  const lastedMs = Math.max(0, at.getTime() - Date.parse(stood.at));
  const gap = { kind: 'gap', why: 'not-running', at: at.toISOString(), atMs: stood.atMs + lastedMs, lastedMs } as const;
  earlier.append(gap);
  return { folder: earlier, state: advance(stood, gap).state };
}

export function isOver({ observations, plan }: ReturnType<typeof reopenWatch>): boolean {
  const last = observations.at(-1);
  return last?.kind === 'end' && (last.why === 'time' || last.atMs >= plan.durationMs);
}
