/** `rampgate watch`: the hours after a deploy, watched by a rule that may be looked at all the time. */
import { join, resolve } from 'node:path';
import { readArming } from '../archive/arming-file.ts';
import { openWatchFolder, reopenWatch, type WatchFolder } from '../archive/watch-folder.ts';
import { choosePolicy } from '../config/choose-policy.ts';
import { loadConfig } from '../config/load-config.ts';
import { rolloutToWatch, type WatchPolicy, watchPolicy } from '../config/watch.ts';
import { machineOf, toolVersion } from '../environment.ts';
import { exitCodes } from '../exit-codes.ts';
import { mistakes } from '../mistakes.ts';
import type { Delivery } from '../model.ts';
import type { Policy } from '../policy.ts';
import { type Redactor, redactorFor } from '../redact.ts';
import { deliveryLines } from '../report/delivery-wording.ts';
import { renderWatchEnd } from '../report/watch/render-watch-terminal.ts';
import { realClock, type WatchClock } from '../sampling/clock.ts';
import { runWatch } from '../sampling/run-watch.ts';
import { samplingTasks } from '../sampling/tasks.ts';
import { watchCost } from '../sampling/watch-cost.ts';
import { type Shell, shortestPath } from '../shell.ts';
import { type LiveTarget, openTarget } from '../target.ts';
import { advance, startWatch, type WatchState } from '../watch/advance.ts';
import { concludeWatch } from '../watch/conclude-watch.ts';
import { planWatch, sourcesOf } from '../watch/plan-watch.ts';
import type { WatchReport } from '../watch-model.ts';
import { browserFor, needsBrowser } from './browser-for.ts';
import { checkAddresses } from './check-addresses.ts';
import { interruptible } from './interruptible.ts';
import { type AlertTelling, tellAlerts } from './notify-alerts.ts';
import { together } from './notify-verdict.ts';
import { offerRamp } from './offer-ramp.ts';
import { saveWatch } from './save-watch.ts';
import { pageOf, showWatch } from './show-watch.ts';

export interface WatchFlags {
  readonly config: string;
  readonly target?: string;
  readonly web?: string;
  readonly api?: string;
  readonly logs?: readonly string[];
  readonly only?: readonly string[];
  readonly for?: string;
  readonly every?: string;
  readonly stage?: string;
  readonly ramp?: boolean;
  readonly resume?: string;
  readonly out: string;
  readonly browser?: string;
  readonly json?: boolean;
}

/** Watches as the flags say; resolves to the exit code. `clock` is the machine's own when left out. */
export async function watchCommand(
  flags: WatchFlags,
  shell: Shell,
  clock: WatchClock = realClock(shell),
): Promise<number> {
  checkAddresses(flags);
  const config = await loadConfig(resolve(shell.cwd, flags.config));
  const rollout = rolloutToWatch(config.rollout, config.path);
  const { hash } = config;
  const policy = choosePolicy(rollout, hash, { ...flags, profile: rollout.watch?.profile ?? 'watch' });
  const settings = watchPolicy(rollout, flags, sourcesOf(policy));
  const reports = resolve(shell.cwd, flags.out);
  const earlier = flags.resume === undefined ? null : reopenWatch(reports, flags.resume);
  if (earlier?.observations.at(-1)?.kind === 'end' && isOver(earlier)) throw mistakes.watchIsOver(earlier.id);
  const browserPath = needsBrowser(policy) ? browserFor(policy, flags, shell) : null;
  const interruption = interruptible(shell);
  try {
    const target = await openTarget(policy.target, { shell, loads: policy.loads.length > 0 });
    try {
      const redactor = redactorFor(shell.env);
      const begun =
        earlier === null ? begin({ policy, settings, target, redactor, reports }, clock) : goOn(earlier, clock);
      const telling = tellAlerts({ ...begun.state, notify: policy.notify, reports, redactor, shell });
      const watching = {
        policy,
        settings,
        target,
        redactor,
        shell,
        clock,
        browserPath,
        telling,
        signal: interruption.signal,
      };
      const report = await watch(begun, watching, flags);
      const deliveries = await telling.close();
      return await finish({ report, folder: begun.folder, settings, deliveries }, flags, shell);
    } finally {
      await target.close();
    }
  } finally {
    interruption.release();
  }
}

interface Begun {
  readonly folder: WatchFolder;
  readonly state: WatchState;
}

interface Beginning {
  readonly policy: Policy;
  readonly settings: WatchPolicy;
  readonly target: LiveTarget;
  readonly redactor: Redactor;
  readonly reports: string;
}

function begin({ policy, settings, target, redactor, reports }: Beginning, clock: WatchClock): Begun {
  const startedAt = new Date(clock.read().wallMs);
  const folder = openWatchFolder(reports, startedAt);
  const identity = {
    id: folder.id,
    startedAt: startedAt.toISOString(),
    tool: toolVersion(),
    target: target.identity,
    machine: machineOf().machineClass,
    arming: readArming(reports, policy.target.name),
  };
  const plan = redactor.deep(planWatch(policy, settings, identity));
  folder.savePlan(plan);
  return { folder, state: startWatch(plan) };
}

/** The journal told again leads to where it stood; what passed since is a gap. */
function goOn(earlier: ReturnType<typeof reopenWatch>, clock: WatchClock): Begun {
  const stood = earlier.observations.reduce(
    (state, observation) => advance(state, observation).state,
    startWatch(earlier.plan),
  );
  const at = new Date(clock.read().wallMs);
  // A clock that was set back meanwhile must not take time away.
  const lastedMs = Math.max(0, at.getTime() - Date.parse(stood.at));
  const gap = { kind: 'gap', why: 'not-running', at: at.toISOString(), atMs: stood.atMs + lastedMs, lastedMs } as const;
  earlier.append(gap);
  return { folder: earlier, state: advance(stood, gap).state };
}

function isOver({ observations, plan }: ReturnType<typeof reopenWatch>): boolean {
  const last = observations.at(-1);
  return last?.kind === 'end' && (last.why === 'time' || last.atMs >= plan.durationMs);
}

interface Watching {
  readonly policy: Policy;
  readonly settings: WatchPolicy;
  readonly target: LiveTarget;
  readonly redactor: Redactor;
  readonly shell: Shell;
  readonly clock: WatchClock;
  readonly browserPath: string | null;
  readonly telling: AlertTelling;
  readonly signal: AbortSignal;
}

async function watch({ folder, state }: Begun, watching: Watching, { json }: WatchFlags): Promise<WatchReport> {
  const { policy, settings, target, shell, telling } = watching;
  const show = showWatch({ json: json === true }, shell);
  const cost = watchCost();
  const started = { kind: 'started', at: state.at, plan: state.plan } as const;
  show.events([started]);
  const resumed = state.gaps.at(-1);
  if (resumed?.why === 'not-running') show.events([{ kind: 'gap', at: state.at, gap: resumed }]);
  const options = { ...watching, target, folder: folder.path };
  const ended = await runWatch({
    ...watching,
    state,
    tasks: samplingTasks(policy, settings.rhythm, options),
    everyMs: settings.everyMs,
    folder,
    onAdvance: (_state, events) => {
      show.events(events);
      telling.events(events);
    },
    onRound: (now) => {
      const report = concludeWatch(now, cost());
      show.round(report);
      saveWatch(folder, report);
    },
  });
  const report = concludeWatch(ended, cost());
  saveWatch(folder, report);
  show.end();
  show.events([{ kind: 'ended', at: ended.at, report }]);
  return report;
}

interface Finished {
  readonly report: WatchReport;
  readonly folder: WatchFolder;
  readonly settings: WatchPolicy;
  readonly deliveries: readonly Delivery[];
}

async function finish(
  { report, folder, settings, deliveries }: Finished,
  flags: WatchFlags,
  shell: Shell,
): Promise<number> {
  if (flags.json !== true) shell.out(`\n${renderWatchEnd(report, pageOf(shell))}`);
  const say = flags.json === true ? shell.err : shell.out;
  const delivery = together(deliveries);
  if (delivery !== null) {
    folder.save('delivery.json', `${JSON.stringify(delivery, null, 1)}\n`);
    say(`${deliveryLines(delivery, shell.terminal).join('\n')}\n`);
  }
  say(`Report: ${shortestPath(join(folder.path, 'watch.html'), shell)}\n`);
  if (report.watch.ended === 'interrupted') {
    say(`Go on with it: npx rampgate watch --resume ${folder.id}\n`);
    return exitCodes.interrupted;
  }
  if (report.advice === 'go-on' && settings.ramp !== null) {
    const ramped = await offerRamp(
      settings.ramp,
      { confirmed: flags.ramp === true, next: report.watch.stage?.next ?? null },
      shell,
    );
    if (!ramped) return exitCodes.inconclusive;
  }
  return exitCodeOf(report);
}

function exitCodeOf({ standing }: WatchReport): number {
  if (standing === 'failed') return exitCodes['no-go'];
  return standing === 'success' ? exitCodes.go : exitCodes.inconclusive;
}
