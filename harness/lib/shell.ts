/** The port to the world: clock, environment, terminal, processes, HTTP. Everything that acts gets it handed in. */
import { type ChildProcess, spawn } from 'node:child_process';
import { relative } from 'node:path';
import { createInterface } from 'node:readline';

export interface Shell {
  readonly env: { readonly [name: string]: string | undefined };
  readonly cwd: string;
  readonly now: () => Date;
  /** What the command answers: tables, JSON, addresses. */
  readonly out: (text: string) => void;
  /** What happens meanwhile: progress, warnings, mistakes. */
  readonly err: (text: string) => void;
  readonly terminal: Terminal;
  /** Asks a person on this terminal; null where none sits at it. Resolves to null when he goes away. */
  readonly ask: ((question: string) => Promise<string | null>) | null;
  /** Starts a program without a shell, in a process group of its own. */
  start(command: readonly [string, ...string[]], options?: StartOptions): RunningProcess;
  /** Runs a program on this terminal until it ends; resolves to its exit code. */
  handOver(command: readonly [string, ...string[]]): Promise<number>;
  /** Kills every process that is still running and ends this one. */
  readonly killAll: () => never;
  /** Asks an address. Rejects when nothing answers in time; any answer, good or bad, resolves. */
  request(url: string, options: RequestOptions): Promise<WebAnswer>;
  /** Calls back at the first SIGINT or SIGTERM; returns how to stop listening. */
  onInterrupt(callback: (signal: string) => void): () => void;
}

export interface Terminal {
  /** Somebody looks on, and lines that were written can be written over. */
  readonly interactive: boolean;
  readonly colour: boolean;
  /** Columns, as they are now; people make windows larger and smaller. */
  readonly width: number;
  /** Rows; unknown where it is no terminal. */
  readonly height?: number | undefined;
}

export interface RequestOptions {
  readonly timeoutMs: number;
  readonly method?: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string;
  readonly signal?: AbortSignal;
  /** Followed when left out; `manual` hands the answer on as it is. */
  readonly redirect?: 'follow' | 'manual';
}

export interface WebAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: { readonly [name: string]: string };
  readonly text: string;
}

export interface StartOptions {
  readonly env?: { readonly [name: string]: string };
  /** Gets every complete line of standard output and error, in order. */
  readonly onLine?: (line: string, stream: 'stdout' | 'stderr') => void;
  /** Instead of lines: gets all bytes as they come, for output that may be long, or have long lines. */
  readonly onChunk?: (chunk: Buffer, stream: 'stdout' | 'stderr') => void;
}

export interface RunningProcess {
  readonly pid: number;
  /** Resolves when the process has ended; never rejects. `error` when it could not be started at all. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null; readonly error?: string }>;
  /** Ends the whole process group: the signal, then after the grace SIGKILL. Resolves when it is gone. */
  stop(signal?: 'SIGTERM' | 'SIGINT'): Promise<void>;
}

/** A process that does not end within this time after being asked is killed. */
const STOP_GRACE_MS = 10_000;

/** The shell of this process. */
export function realShell(): Shell {
  return {
    env: process.env,
    cwd: process.cwd(),
    now: () => new Date(),
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    terminal: realTerminal(),
    ask: process.stdin.isTTY === true ? askOnTerminal : null,
    start: startProcess,
    handOver,
    killAll: () => {
      for (const child of children) signalGroup(child, 'SIGKILL');
      process.exit(130);
    },
    request: async (url, { timeoutMs, signal, ...rest }) => {
      const timeout = AbortSignal.timeout(timeoutMs);
      const ends = signal === undefined ? timeout : AbortSignal.any([timeout, signal]);
      const response = await fetch(url, { redirect: 'follow', ...rest, signal: ends });
      return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() };
    },
    onInterrupt: (callback) => {
      const signals = ['SIGINT', 'SIGTERM'] as const;
      for (const signal of signals) process.on(signal, callback);
      return () => {
        for (const signal of signals) process.off(signal, callback);
      };
    },
  };
}

/** A line of a narrower terminal says nothing any more. */
const NARROWEST = 40;

function realTerminal(): Terminal {
  const { env, stdout, stderr } = process;
  const isPlain = env['CI'] !== undefined || env['TERM'] === 'dumb';
  return {
    interactive: stderr.isTTY === true && !isPlain,
    colour: stdout.isTTY === true && (env['NO_COLOR'] ?? '') === '' && !isPlain,
    get width() {
      // A terminal that nobody told its size has 0 columns.
      return Math.min(120, Math.max(NARROWEST, stdout.columns || stderr.columns || 80));
    },
    get height() {
      return stderr.rows || undefined;
    },
  };
}

/** A path from here or from the root, whichever a person has to read less of. */
export function shortestPath(path: string, { cwd }: Pick<Shell, 'cwd'>): string {
  const fromHere = relative(cwd, path);
  return fromHere.length < path.length ? fromHere : path;
}

/** So long it takes at the most until what was typed before comes in. */
const TYPED_BEFORE_MS = 30;

/** What was typed before the question was there is no answer to it: it may come after minutes of waiting for something else. */
async function askOnTerminal(question: string): Promise<string | null> {
  await dropTypedBefore();
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  return new Promise((resolve) => {
    let isAnswered = false;
    lines.once('close', () => {
      // What comes next must not stand behind the question.
      if (!isAnswered) process.stderr.write('\n');
      resolve(null);
    });
    lines.once('SIGINT', () => {
      interruptSelf();
      lines.close();
    });
    lines.question(question, (answer) => {
      isAnswered = true;
      resolve(answer);
      lines.close();
    });
  });
}

/** Raw for the moment, so that half a line comes in too. */
async function dropTypedBefore(): Promise<void> {
  const { stdin } = process;
  const drop = (typed: Buffer | string): void => {
    if (typed.includes(CTRL_C)) interruptSelf();
  };
  stdin.setRawMode(true);
  stdin.on('data', drop);
  stdin.resume();
  await new Promise((resolve) => setTimeout(resolve, TYPED_BEFORE_MS));
  stdin.pause();
  stdin.off('data', drop);
  stdin.setRawMode(false);
}

const CTRL_C = '\u0003';

/** The terminal hands Ctrl-C to whoever reads it: it is meant for the command, which must know before it goes on. */
function interruptSelf(): void {
  if (!process.emit('SIGINT', 'SIGINT')) process.kill(process.pid, 'SIGINT');
}

const children = new Set<ChildProcess>();

function startProcess([program, ...args]: readonly [string, ...string[]], options: StartOptions = {}): RunningProcess {
  const child = spawn(program, args, {
    detached: true,
    // Standard input stays open as long as we live: a child can tell by its end that we are gone.
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env },
  });
  children.add(child);
  // A child that ends first closes the pipe; that is told by `ended`, not by an error of ours.
  child.stdin.on('error', () => undefined);
  const { onChunk } = options;
  if (onChunk !== undefined) {
    child.stdout.on('data', (chunk: Buffer) => onChunk(chunk, 'stdout'));
    child.stderr.on('data', (chunk: Buffer) => onChunk(chunk, 'stderr'));
  } else if (options.onLine !== undefined) {
    eachLine(child.stdout, (line) => options.onLine?.(line, 'stdout'));
    eachLine(child.stderr, (line) => options.onLine?.(line, 'stderr'));
  } else {
    child.stdout.resume();
    child.stderr.resume();
  }
  const ended = new Promise<Awaited<RunningProcess['ended']>>((resolve) => {
    child.once('error', (error) => resolve({ code: null, signal: null, error: error.message }));
    child.once('close', (code, signal) => {
      children.delete(child);
      resolve({ code, signal });
    });
  });
  return { pid: child.pid ?? -1, ended, stop: (signal = 'SIGTERM') => stopGroup(child, ended, signal) };
}

function handOver([program, ...args]: readonly [string, ...string[]]): Promise<number> {
  return new Promise((resolve, reject) => {
    // The terminal sends its signals to the child as well; what to do about them is the child's decision.
    const forward = (signal: NodeJS.Signals): void => void child.kill(signal);
    const child = spawn(program, args, { stdio: 'inherit' });
    process.on('SIGINT', () => undefined);
    process.on('SIGTERM', forward);
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      process.off('SIGTERM', forward);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 128));
    });
  });
}

async function stopGroup(child: ChildProcess, ended: Promise<unknown>, signal: NodeJS.Signals): Promise<void> {
  signalGroup(child, signal);
  const kill = setTimeout(() => signalGroup(child, 'SIGKILL'), STOP_GRACE_MS);
  await ended;
  clearTimeout(kill);
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already, which is what was asked for.
  }
}

function eachLine(stream: NodeJS.ReadableStream, take: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
  });
  stream.on('end', () => {
    if (rest !== '') take(rest);
  });
}
