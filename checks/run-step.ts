/** Runs one step and counts what passed, failed and was skipped. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { z } from 'zod';
import { runTool } from '../setup/run-tool.mjs';
import type { StaticStep, Step, TestStep } from './steps.ts';

export interface StepResult {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Everything it printed. */
  readonly output: string;
}

const root = join(import.meta.dirname, '..');

/** @throws {import('../setup/run-tool.mjs').Interrupted} */
export function runStep(step: Step): Promise<StepResult> {
  switch (step.kind) {
    case 'static':
      return runCommands(step);
    case 'tests':
      return runTests(step);
  }
}

async function runCommands({ commands, timeLimitMs }: StaticStep): Promise<StepResult> {
  const failures: string[] = [];
  for (const [command, ...args] of commands) {
    const { ok, output, reason } = await run({ command, args, timeLimitMs, env: process.env });
    if (!ok) failures.push(`${output}\n"${[command, ...args].join(' ')}" ${reason}`);
  }
  const failed = failures.length > 0 ? 1 : 0;
  return { passed: 1 - failed, failed, skipped: 0, output: failures.join('\n\n') };
}

async function runTests({ project, args: more = [], timeLimitMs }: TestStep): Promise<StepResult> {
  const folder = mkdtempSync(join(tmpdir(), 'rampgate-checks-'));
  try {
    const report = join(folder, 'report.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const args = ['run', '--project', project, ...reporters, ...more];
    // The tests start the command line and the demo a hundred times; with a compile cache, in half the time.
    // Not with coverage: V8 counts less precisely in code from the cache.
    const compileCache = { NODE_COMPILE_CACHE: join(folder, 'compiled') };
    const env = { ...process.env, ...(more.includes('--coverage') ? {} : compileCache) };
    const { ok, output, reason } = await run({ command: 'vitest', args, timeLimitMs, env });
    return countTests({ ok, output: `${output}\nvitest ${reason}`, report: readReport(report) });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly timeLimitMs: number;
  readonly env: NodeJS.ProcessEnv;
}

function run({ command, args, timeLimitMs, env }: Command) {
  const bin = join(root, 'node_modules', '.bin');
  const withBin = { ...env, PATH: `${bin}${delimiter}${env.PATH ?? ''}` };
  return runTool({ command: join(bin, command), args, cwd: root, env: withBin, timeLimitMs });
}

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
});

interface TestRun {
  readonly ok: boolean;
  readonly output: string;
  /** What vitest wrote; `undefined` when it wrote nothing. */
  readonly report: unknown;
}

/** A run that failed without a failed test (a file that does not load), or in which no test ran, counts as one failure. */
export function countTests({ ok, output, report }: TestRun): StepResult {
  const parsed = vitestReport.safeParse(report);
  if (!parsed.success) return { passed: 0, failed: 1, skipped: 0, output };
  const { numPassedTests: passed, numFailedTests, numPendingTests, numTodoTests } = parsed.data;
  const isBroken = !ok || passed + numFailedTests === 0;
  const failed = isBroken ? Math.max(1, numFailedTests) : numFailedTests;
  return { passed, failed, skipped: numPendingTests + numTodoTests, output };
}

function readReport(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
