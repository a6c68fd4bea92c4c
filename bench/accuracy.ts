/** Runs the stopwatch bench, then the load bench: at the same time they would disturb each other. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

for (const name of ['stopwatch', 'load']) {
  const file = join(import.meta.dirname, `${name}.ts`);
  const { status } = spawnSync(process.execPath, [file, ...process.argv.slice(2)], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
