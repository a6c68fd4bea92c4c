/** Runs a command line in this process, with a terminal of 80 columns that answers no questions. */
import { main } from '../harness/cli/main.ts';
import { packageRoot } from '../harness/lib/package-root.ts';
import { realShell, type Shell } from '../harness/lib/shell.ts';

export interface CommandResult {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

export async function run(...argv: readonly string[]): Promise<CommandResult> {
  let out = '';
  let err = '';
  const shell: Shell = {
    ...realShell(),
    cwd: packageRoot,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    ask: null,
    terminal: { interactive: false, colour: false, width: 80 },
  };
  const exitCode = await main(argv, shell);
  return { exitCode, out, err };
}
