/** `rampgate gate`: measure, judge, report; the exit code is the verdict. */
import { join, relative, resolve } from 'node:path';
import { choosePolicy } from '../config/choose-policy.ts';
import { loadConfig } from '../config/load-config.ts';
import { exitCodes } from '../exit-codes.ts';
import { runGate } from '../gate.ts';
import { mistakes } from '../mistakes.ts';
import { renderTerminal } from '../report/render-terminal.ts';
import type { Shell } from '../shell.ts';
import { browserFor, needsBrowser } from './browser-for.ts';
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
  checkAddress('--web', flags.web);
  checkAddress('--api', flags.api);
  const config = await loadConfig(resolve(shell.cwd, flags.config));
  const policy = choosePolicy(config.rollout, config.hash, flags);
  const interruption = interruptible(shell);
  try {
    const { report, folder } = await runGate(policy, {
      reports: resolve(shell.cwd, flags.out),
      browserPath: needsBrowser(policy) ? browserFor(policy, flags, shell) : null,
      shell,
      progress: showProgress(shell.terminal),
      signal: interruption.signal,
    });
    if (flags.json === true) shell.out(`${JSON.stringify(report, null, 2)}\n`);
    else
      shell.out(
        `\n${renderTerminal(report, shell.terminal)}\nReport: ${shortest(join(folder.path, 'gate.html'), shell)}\n`,
      );
    return interruption.signal.aborted ? exitCodes.interrupted : exitCodes[report.verdict];
  } finally {
    interruption.release();
  }
}

/** From here or from the root, whichever a person has to read less of. */
function shortest(path: string, { cwd }: Shell): string {
  const fromHere = relative(cwd, path);
  return fromHere.length < path.length ? fromHere : path;
}

function checkAddress(option: string, value: string | undefined): void {
  if (value !== undefined && !(URL.canParse(value) && /^https?:/.test(value))) throw mistakes.badUrl(option, value);
}
