/** The command line: argv in, exit code out. */
import { requirePinnedNode } from '../setup/runtime.mjs';

requirePinnedNode();

// Loaded only now: an older Node must hear what is wrong before it meets syntax that it does not know.
const { keepCompiled } = await import('./lib/compile-cache.ts');
keepCompiled(process.env);
const { bugMessage, main } = await import('./cli/main.ts');
const { exitCodes } = await import('./lib/exit-codes.ts');
const { realShell } = await import('./lib/shell.ts');
// Node would end with 1, which means no-go here.
process.on('uncaughtException', (error) => {
  process.stderr.write(`${bugMessage(error)}\n`);
  process.exit(exitCodes.bug);
});
process.exitCode = await main(process.argv.slice(2), realShell());
