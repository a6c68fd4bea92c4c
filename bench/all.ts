/** Every bench, one after another: two at once would measure each other. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

for (const name of ['stopwatch', 'load']) {
  const file = join(import.meta.dirname, `${name}.ts`);
  const { status } = spawnSync(process.execPath, [file, ...process.argv.slice(2)], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
