/** `rampgate gate`: measure, judge, report; the exit code is the verdict. */
import { join, resolve } from 'node:path';
import { choosePolicy } from '../config/choose-policy.ts';
import { loadConfig } from '../config/load-config.ts';
import { openReporter, type Reporter } from '../delivery/reporter.ts';
import { exitCodes } from '../exit-codes.ts';
import { type GateRun, runGate } from '../gate.ts';
import { redactorFor } from '../redact.ts';
import { deliveryLines } from '../report/delivery-wording.ts';
import { renderTerminal } from '../report/render-terminal.ts';
import { type Shell, shortestPath } from '../shell.ts';
import { browserFor, needsBrowser } from './browser-for.ts';
import { checkAddresses } from './check-addresses.ts';
import { interruptible } from './interruptible.ts';
import { showProgress } from './show-progress.ts';

export interface GateFlags {
  readonly config: string;
  readonly profile: string;
  readonly target?: string;
  readonly web?: string;
  readonly api?: string;
  readonly logs?: readonly string[];
  readonly only?: readonly string[];
  readonly out: string;
  readonly browser?: string;
  readonly json?: boolean;
}

/** Runs the gate as the flags say; resolves to the exit code. */
export async function gateCommand(flags: GateFlags, shell: Shell): Promise<number> {
  checkAddresses(flags);
  const config = await loadConfig(resolve(shell.cwd, flags.config));
  const policy = choosePolicy(config.rollout, config.hash, flags);
  const interruption = interruptible(shell);
  const reports = resolve(shell.cwd, flags.out);
  const reporter = openReporter(policy.reporting, { reports, shell, redactor: redactorFor(shell.env) });
  try {
    await reporter.begin();
    const run = await runGate(policy, {
      reports,
      browserPath: needsBrowser(policy) ? browserFor(policy, flags, shell) : null,
      shell,
      progress: showProgress(shell.terminal),
      signal: interruption.signal,
      tell: (report) => reporter.conclude(report),
    });
    show(run, flags, shell);
    return interruption.signal.aborted ? exitCodes.interrupted : exitCodes[run.report.verdict];
  } catch (error) {
    await abandon(reporter, shell);
    throw error;
  } finally {
    interruption.release();
  }
}

/** With `--json`, standard output is the document alone. */
function show({ report, delivery, folder }: GateRun, { json }: GateFlags, shell: Shell): void {
  const told = delivery === null ? '' : `${deliveryLines(delivery, shell.terminal).join('\n')}\n`;
  if (json === true) {
    shell.out(`${JSON.stringify(report, null, 2)}\n`);
    shell.err(told);
    return;
  }
  const page = shortestPath(join(folder.path, 'gate.html'), shell);
  shell.out(`\n${renderTerminal(report, shell.terminal)}\n${told}Report: ${page}\n`);
}

/** A run without a report is told as well: whoever waits for it must not take it for one that goes on. */
async function abandon(reporter: Reporter, shell: Shell): Promise<void> {
  const delivery = await reporter.abandon();
  if (delivery !== null) shell.err(`${deliveryLines(delivery, shell.terminal).join('\n')}\n`);
}
