/** Runs one command of a checklist with zx: in a process group of its own, within a time limit, its output kept. */
import { resolve } from 'node:path';
import { $, quote } from 'zx/core';
import type { Redactor } from '../../lib/redact.ts';
import type { CommandPolicy } from '../../model/checklist-policy.ts';
import { findProgram, isFolder, searchPathFor } from './find-program.ts';
import { keepOutput } from './saved-output.ts';

export interface CommandSurroundings {
  /** Folder that the command's own folder is relative to. */
  readonly cwd: string;
  readonly env: { readonly [name: string]: string | undefined };
  readonly redactor: Redactor;
  readonly signal: AbortSignal;
  readonly onLine: (line: string) => void;
}

export type CommandEnd =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'killed'; readonly signal: string }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'cannot-run'; readonly why: string };

export interface FinishedCommand {
  readonly end: CommandEnd;
  readonly tookMs: number;
  readonly output: string;
  /** The line that says best how it ended. */
  readonly tellingLine: string;
}

/** Programs find their way and their language with these; whatever else a command needs, it names. */
const alwaysPassed = ['PATH', 'HOME', 'USER', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'CI'];

/** A command that was asked to end and does not is killed after this long. */
const STOP_GRACE_MS = 3_000;

/** Output that comes this long after a command has ended is of something that it left behind. */
const LAST_WORDS_MS = 1_000;

/** How shells say that there is no such program, and that it is none. */
const shellCannotRun: { readonly [code: number]: string } = {
  126: 'what it starts is not executable',
  127: 'what it starts was not found',
};

/** As a person would type it. */
export function commandLine({ run }: Pick<CommandPolicy, 'run'>): string {
  return typeof run === 'string' ? run : run.map(quote).join(' ');
}

/** Why a command cannot even be started, or null when it can. Nothing is run to find out. */
export function whyNotRunnable(
  command: CommandPolicy,
  { cwd, env }: Pick<CommandSurroundings, 'cwd' | 'env'>,
): string | null {
  const folder = resolve(cwd, command.in);
  if (!isFolder(folder)) return `there is no folder ${folder}`;
  const searchPath = searchPathFor(folder, env);
  if (findProgram('bash', { folder, searchPath }) === null) return 'bash, which runs it, is not installed';
  const program = typeof command.run === 'string' ? null : command.run[0];
  if (program === null || program === 'node') return null;
  return findProgram(program, { folder, searchPath }) === null ? `${program} is not installed` : null;
}

/** Runs it to its end, whatever that is. Never rejects. */
export async function runCommand(command: CommandPolicy, surroundings: CommandSurroundings): Promise<FinishedCommand> {
  const startedAt = performance.now();
  const output = keepOutput(surroundings.redactor);
  const end = await endOf(command, surroundings, output);
  return {
    end,
    tookMs: performance.now() - startedAt,
    output: output.text(),
    tellingLine: output.tellingLine(),
  };
}

async function endOf(
  command: CommandPolicy,
  surroundings: CommandSurroundings,
  output: ReturnType<typeof keepOutput>,
): Promise<CommandEnd> {
  const why = whyNotRunnable(command, surroundings);
  if (why !== null) return { kind: 'cannot-run', why };
  if (surroundings.signal.aborted) return { kind: 'interrupted' };
  const { child, finished } = start(command, surroundings);
  const { pid, stdout, stderr } = child;
  if (pid === undefined) return { kind: 'cannot-run', why: (await finished).message };
  for (const stream of [stdout, stderr]) {
    if (stream === null) continue;
    output.listen(stream);
    stream.on('data', () => surroundings.onLine(output.lastLine()));
  }
  const closed = new Promise<void>((done) => child.once('close', () => done()));
  const exited = new Promise<CommandEnd>((done) =>
    child.once('exit', (code, signal) =>
      done(signal === null ? { kind: 'exited', code: code ?? 70 } : { kind: 'killed', signal }),
    ),
  );
  const stopped = stopWhen(pid, { limitMs: command.timeoutMs, signal: surroundings.signal });
  const end = await exited;
  const reason = stopped.release();
  // Whatever it started in the background ends with it: it would disturb what is measured next, and hold its output open.
  if (!(await within(closed, LAST_WORDS_MS))) signalGroup(pid, 'SIGKILL');
  // A process that left the group can hold it open even so; it is not waited for.
  if (!(await within(closed, LAST_WORDS_MS))) for (const stream of [stdout, stderr]) stream?.destroy();
  if (reason !== null) return { kind: reason };
  const cannot = end.kind === 'exited' ? shellCannotRun[end.code] : undefined;
  return cannot === undefined ? end : { kind: 'cannot-run', why: cannot };
}

/**
 * zx puts the command line together, with every argument quoted. Its own time limit is not used: it sends one signal, does not
 * say that it did, and throws where there is no `ps`.
 */
function start(command: CommandPolicy, { cwd, env }: CommandSurroundings) {
  const folder = resolve(cwd, command.in);
  const searchPath = searchPathFor(folder, env);
  const shell = $({
    cwd: folder,
    env: environmentFor(command, { env, searchPath }),
    shell: findProgram('bash', { folder, searchPath }) ?? 'bash',
    // A line of several commands fails with its first failure, in a pipe as well.
    prefix: 'set -euo pipefail; ',
    postfix: '',
    quote,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    nothrow: true,
    quiet: true,
    store: { stdout: new Nothing(), stderr: new Nothing(), stdall: new Nothing() },
  });
  const { run } = command;
  const running = typeof run === 'string' ? shell(Object.assign([run], { raw: [run] })) : shell`${pinned(run)}`;
  const { child } = running;
  if (child === undefined) throw new Error('zx did not start the command');
  return { child, finished: running };
}

/** The Node that measures, whichever comes first on the search path. */
function pinned([program, ...args]: readonly [string, ...string[]]): string[] {
  return [program === 'node' ? process.execPath : program, ...args];
}

/** zx keeps all output in memory unless it is given something that keeps nothing. */
class Nothing extends Array<string | Buffer> {
  override push(): number {
    return 0;
  }
}

function environmentFor(
  command: CommandPolicy,
  { env, searchPath }: { readonly env: CommandSurroundings['env']; readonly searchPath: string },
): { [name: string]: string } {
  const passed = [...alwaysPassed, ...command.env].flatMap((name) => {
    const value = env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(passed), PATH: searchPath, NO_COLOR: '1' };
}

interface Limits {
  readonly limitMs: number;
  readonly signal: AbortSignal;
}

/** Stops a process group when its time is over, when somebody interrupts, and when this process ends before it. */
function stopWhen(
  pid: number,
  { limitMs, signal }: Limits,
): { readonly release: () => 'timed-out' | 'interrupted' | null } {
  let reason: 'timed-out' | 'interrupted' | null = null;
  let kill: NodeJS.Timeout | undefined;
  const stop = (why: 'timed-out' | 'interrupted'): void => {
    reason ??= why;
    signalGroup(pid, 'SIGTERM');
    kill ??= setTimeout(() => signalGroup(pid, 'SIGKILL'), STOP_GRACE_MS);
  };
  const limit = setTimeout(() => stop('timed-out'), limitMs);
  const interrupt = (): void => stop('interrupted');
  const abandon = (): void => signalGroup(pid, 'SIGKILL');
  signal.addEventListener('abort', interrupt, { once: true });
  process.once('exit', abandon);
  return {
    release: () => {
      clearTimeout(limit);
      clearTimeout(kill);
      signal.removeEventListener('abort', interrupt);
      process.off('exit', abandon);
      return reason;
    },
  };
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone already, which is what was asked for.
  }
}

async function within(event: Promise<void>, limitMs: number): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), limitMs);
  const inTime = await Promise.race([event.then(() => true), late.promise]);
  clearTimeout(timer);
  return inTime;
}
