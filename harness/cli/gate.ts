/** `rampgate gate`: measure, judge, report; the exit code is the verdict. */
import { join, resolve } from 'node:path';
import { checkAddresses } from '../config/check-addresses.ts';
import { choosePolicy } from '../config/choose-policy.ts';
import { loadConfig } from '../config/load-config.ts';
import { trendOf } from '../features/history/command.ts';
import { notifyVerdict, together } from '../features/notify/notify-verdict.ts';
import { openReporter, type Reporter } from '../features/notify/reporter.ts';
import { browserFor } from '../gate/browser-for.ts';
import { lastGoBefore } from '../gate/last-go.ts';
import { acceptedFor, rememberRun } from '../gate/remember-run.ts';
import { type GateRun, runGate } from '../gate/run.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { interruptible } from '../lib/interruptible.ts';
import { redactorFor } from '../lib/redact.ts';
import { type Shell, shortestPath } from '../lib/shell.ts';
import { showProgress } from '../lib/show-progress.ts';
import { deliveryLines } from '../report/delivery-wording.ts';
import { renderTerminal } from '../report/gate-document.ts';
import { needsBrowser } from '../sources/registry.ts';
import { addressOf } from '../store/open-store.ts';
import type { GateFlags } from './describe-gate.ts';
import { annotateGithubStep } from './github-step.ts';

/** Runs the gate as the flags say; resolves to the exit code. */
export async function gateCommand(flags: GateFlags, shell: Shell): Promise<number> {
  checkAddresses(flags);
  const config = await loadConfig(resolve(shell.cwd, flags.config));
  const policy = choosePolicy(config.rollout, config.hash, flags);
  const place = { reports: resolve(shell.cwd, flags.out), configured: config.rollout.store };
  // Fails before anything is measured when the store's address is missing.
  addressOf(place.configured, shell);
  const interruption = interruptible(shell);
  const { reports } = place;
  const reporter = openReporter(policy.reporting, { reports, shell, redactor: redactorFor(shell.env) });
  try {
    await reporter.begin();
    const run = await runGate(policy, {
      reports,
      browserPath: needsBrowser(policy) ? browserFor(policy, flags, shell) : null,
      shell,
      progress: showProgress(shell.terminal),
      signal: interruption.signal,
      accepted: (plan) => acceptedFor(plan, policy.comparesWith, { place, shell }),
      configText: config.text,
      lastGo: (plan) => lastGoBefore(plan, { place, shell }),
      tell: async (report) =>
        together([await reporter.conclude(report), ...(await notifyVerdict(report, policy, { reports, shell }))]),
    });
    const remembering = { kind: policy.comparesWith, isPart: flags.only !== undefined };
    const remembered = await rememberRun(run, remembering, { place, shell });
    const trend = policy.comparesWith === 'nightly' ? `${await trendOf(run.report.run, place, shell)}\n` : '';
    show({ ...run, remembered: `${trend}${remembered}` }, flags, shell);
    annotateGithubStep(run, shell);
    return interruption.signal.aborted ? exitCodes.interrupted : exitCodes[run.report.verdict];
  } catch (error) {
    await abandon(reporter, shell);
    throw error;
  } finally {
    interruption.release();
  }
}

/** With `--json`, standard output is the document alone. */
function show(
  { report, delivery, folder, remembered }: GateRun & { readonly remembered: string },
  { json }: GateFlags,
  shell: Shell,
): void {
  const delivered = delivery === null ? '' : `${deliveryLines(delivery, shell.terminal).join('\n')}\n`;
  const notes = `${delivered}${remembered}`;
  if (json === true) {
    shell.out(`${JSON.stringify(report, null, 2)}\n`);
    shell.err(notes);
    return;
  }
  const page = shortestPath(join(folder.path, 'gate.html'), shell);
  shell.out(`\n${renderTerminal(report, shell.terminal)}\n${notes}Report: ${page}\n`);
}

/** Reports aborted runs too, so that they do not look as if they were still running. */
async function abandon(reporter: Reporter, shell: Shell): Promise<void> {
  const delivery = await reporter.abandon();
  if (delivery !== null) shell.err(`${deliveryLines(delivery, shell.terminal).join('\n')}\n`);
}
