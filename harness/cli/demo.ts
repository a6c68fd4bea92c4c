/** `rampgate demo`: serves the stand-in application, which parses the remaining arguments itself. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../lib/package-root.ts';
import type { Shell } from '../lib/shell.ts';

/** Runs the demo in the foreground until it ends; resolves to its exit code. */
export function demoCommand(args: readonly string[], shell: Shell): Promise<number> {
  const entry = ['demo/main.ts', 'dist/demo/main.js']
    .map((path) => join(packageRoot, path))
    .find((path) => existsSync(path));
  if (entry === undefined) throw new Error('the demo is not part of this installation');
  return shell.handOver([process.execPath, entry, ...args]);
}
