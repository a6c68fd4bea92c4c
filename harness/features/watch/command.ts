/** `rampgate watch`: the hours after a deploy, watched by a rule that may be looked at all the time. */
import { join, resolve } from 'node:path';
import { checkAddresses } from '../../config/check-addresses.ts';
import { choosePolicy } from '../../config/choose-policy.ts';
import { loadConfig } from '../../config/load-config.ts';
import { browserFor } from '../../gate/browser-for.ts';
import { openTarget } from '../../gate/target.ts';
import { exitCodes } from '../../lib/exit-codes.ts';
import { interruptible } from '../../lib/interruptible.ts';
import { mistakes } from '../../lib/mistakes.ts';
import { type Redactor, redactorFor } from '../../lib/redact.ts';
import { type Shell, shortestPath } from '../../lib/shell.ts';
import type { Delivery } from '../../model/delivery.ts';
import type { LiveTarget } from '../../model/live-target.ts';
import { deliveryLines } from '../../report/delivery-wording.ts';
import { renderTerminalDocument } from '../../report/formats/terminal.ts';
import { needsBrowser, type Policy, putsLoad, watchedEvidence } from '../../sources/registry.ts';
import { together } from '../notify/notify-verdict.ts';
import { askedOf, type Begun, begin, flagsToGoOn, goOn, isOver } from './begin-watch.ts';
import type { WatchFlags } from './describe-watch.ts';
import { evaluateWatch } from './engine/evaluate-watch.ts';
import type { WatchReport } from './model.ts';
import { type AlertNotifier, notifyAlerts } from './notify-alerts.ts';
import { offerRamp } from './offer-ramp.ts';
import { renderWatchVerdict } from './page/render-watch-terminal.ts';
import { watchDocument } from './page/watch-document.ts';
import { realClock, type WatchClock } from './sampling/clock.ts';
import { runWatch } from './sampling/run-watch.ts';
import { samplingTasks } from './sampling/tasks.ts';
import { watchCost } from './sampling/watch-cost.ts';
import { saveWatch } from './save-watch.ts';
import { pageOf, showWatch, type WatchShow } from './show-watch.ts';
import { reopenWatch, type WatchFolder } from './watch-folder.ts';
import { rolloutToWatch, type WatchPolicy, watchPolicy } from './watch-policy.ts';

/** Watches as the flags say; resolves to the exit code. `clock` is the machine's own when left out. */
export async function watchCommand(
  typed: WatchFlags,
  shell: Shell,
  clock: WatchClock = realClock(shell),
): Promise<number> {
  const reports = resolve(shell.cwd, typed.out);
  const earlier = typed.resume === undefined ? null : reopenWatch(reports, typed.resume);
  if (earlier !== null && isOver(earlier)) throw mistakes.watchIsOver(earlier.id);
  const flags = earlier === null ? typed : flagsToGoOn(typed, earlier.asked);
  checkAddresses(flags);
  const config = await loadConfig(resolve(shell.cwd, flags.config ?? 'rampgate.config.ts'));
  const rollout = rolloutToWatch(config.rollout, config.path);
  const { hash } = config;
  const policy = choosePolicy(rollout, hash, { ...flags, profile: rollout.watch?.profile ?? 'watch' });
  const settings = watchPolicy(rollout, flags, watchedEvidence(policy));
  const browserPath = needsBrowser(policy) ? browserFor(policy, { ...flags, config: config.path }, shell) : null;
  let show: WatchShow | null = null;
  const err = (text: string): void => (show === null ? shell.err(text) : show.say(text));
  const besides: Shell = { ...shell, err };
  const interruption = interruptible(besides);
  try {
    const target = await openTarget(policy.target, { shell, loads: putsLoad(policy) });
    try {
      const redactor = redactorFor(shell.env);
      const asked = askedOf(flags);
      const begun =
        earlier === null ? begin({ policy, settings, target, redactor, reports, asked }, clock) : goOn(earlier, clock);
      const telling = notifyAlerts({ ...begun.state, notify: policy.notify, reports, redactor, shell: besides });
      const folder = shortestPath(begun.folder.path, shell);
      show = showWatch({ json: flags.json === true, folder, clock }, shell);
      const watching = {
        policy,
        settings,
        target,
        redactor,
        shell: besides,
        show,
        clock,
        browserPath,
        telling,
        signal: interruption.signal,
      };
      const report = await watch(begun, watching);
      const deliveries = await telling.close();
      return await finish({ report, folder: begun.folder, settings, deliveries }, flags, shell);
    } finally {
      show?.end();
      await target.close();
    }
  } finally {
    interruption.release();
  }
}

interface Watching {
  readonly policy: Policy;
  readonly settings: WatchPolicy;
  readonly target: LiveTarget;
  readonly redactor: Redactor;
  readonly shell: Shell;
  readonly clock: WatchClock;
  readonly browserPath: string | null;
  readonly telling: AlertNotifier;
  readonly show: WatchShow;
  readonly signal: AbortSignal;
}

async function watch({ folder, state }: Begun, watching: Watching): Promise<WatchReport> {
  const { policy, settings, target, show, telling } = watching;
  const cost = watchCost();
  const started = { kind: 'started', at: state.at, plan: state.plan } as const;
  show.events([started]);
  const resumed = state.gaps.at(-1);
  if (resumed?.why === 'not-running') show.events([{ kind: 'gap', at: state.at, gap: resumed }]);
  // The page is there from the beginning, for whoever opens it.
  const first = evaluateWatch(state, null);
  saveWatch(folder, first);
  show.round(first);
  const options = { ...watching, target, folder: folder.path };
  const ended = await runWatch({
    ...watching,
    state,
    tasks: samplingTasks(policy, settings.rhythm, options),
    everyMs: settings.everyMs,
    folder,
    onAdvance: (now, events) => {
      show.events(events);
      show.round(evaluateWatch(now, null));
      telling.events(events);
    },
    onTurn: show.turn,
    onRound: (now) => {
      const report = evaluateWatch(now, cost());
      saveWatch(folder, report);
    },
  });
  const report = evaluateWatch(ended, cost());
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
  if (flags.json !== true) shell.out(`\n${renderTerminalDocument(watchDocument(report), pageOf(shell))}`);
  const say = flags.json === true ? shell.err : shell.out;
  const delivery = together(deliveries);
  if (delivery !== null) {
    folder.save('delivery.json', `${JSON.stringify(delivery, null, 1)}\n`);
    say(`${deliveryLines(delivery, shell.terminal).join('\n')}\n`);
  }
  say(`Report: ${shortestPath(join(folder.path, 'watch.html'), shell)}\n`);
  if (report.watch.ended === 'interrupted') {
    say(
      `Go on with it: npx rampgate watch --resume ${folder.id}${flags.out === 'reports' ? '' : ` --out ${flags.out}`}\n`,
    );
    return exitCodes.interrupted;
  }
  // The last line: what stands above it may have scrolled away.
  say(renderWatchVerdict(report, pageOf(shell)));
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
