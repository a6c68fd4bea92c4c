/** The command line: argv in, exit code out. */
import { requirePinnedNode } from '../setup/runtime.mjs';

requirePinnedNode();

// Loaded only now: an older Node must hear what is wrong before it meets syntax that it does not know.
const { main } = await import('./main.ts');
const { realShell } = await import('./shell.ts');
process.exitCode = await main(process.argv.slice(2), realShell());
