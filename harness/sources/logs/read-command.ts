/** Reads what a command prints: `kubectl logs`, `journalctl`. */

import type { Shell } from '../../lib/shell.ts';
import { quoted } from '../quoted.ts';
import type { LineCounts } from './count-lines.ts';
import type { LogReading, ReadOptions } from './log-reading.ts';
import type { CommandSource } from './settings.ts';

export interface CommandOptions extends ReadOptions {
  readonly shell: Shell;
  readonly sinceMs: number;
}

/** Runs the command to its end. Never throws: what went wrong is a problem, with the command's last words. */
export async function readCommand({ command, timeoutMs }: CommandSource, options: CommandOptions): Promise<LogReading> {
  const [program = '', ...args] = command.map((part) => withTimes(part, options.sinceMs));
  const { shell, signal } = options;
  const counter = options.counter();
  let lastWords = '';
  const running = shell.start([program, ...args], {
    onChunk: (chunk, stream) => {
      if (stream === 'stdout') counter.feed(chunk);
      else lastWords = `${lastWords}${chunk.toString('utf8')}`.slice(-2000);
    },
  });
  const cut: { by: string | null } = { by: null };
  const stop = (why: string) => {
    cut.by = why;
    void running.stop();
  };
  const timer = setTimeout(() => stop(`was stopped after ${timeoutMs / 1000} s: does it follow the log?`), timeoutMs);
  const onAbort = () => stop('was interrupted');
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  const { code, signal: killedBy, error } = await running.ended;
  clearTimeout(timer);
  signal.removeEventListener('abort', onAbort);
  const name = [program, ...args].join(' ');
  const ended = error ?? cut.by ?? (code === 0 ? null : `ended with ${killedBy ?? `exit code ${code}`}`);
  const counts: LineCounts = counter.end();
  const words = lastWords.trim() === '' ? '' : ` (${quoted(lastWords.trim().split('\n').slice(-3).join(' '))})`;
  return {
    streams: [{ name: quoted(name), counts }],
    problems: ended === null ? [] : [`${quoted(name)} ${ended}${words}`],
  };
}

function withTimes(part: string, sinceMs: number): string {
  return part
    .replaceAll('{since}', new Date(sinceMs).toISOString().replace(/\.\d+Z$/, 'Z'))
    .replaceAll('{sinceEpoch}', String(Math.floor(sinceMs / 1000)));
}
