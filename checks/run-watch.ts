/** Runs a watch in this process, with a clock that the test controls, for tests that look at hours. */
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { watchCommand } from '../harness/features/watch/command.ts';
import type { WatchFlags } from '../harness/features/watch/describe-watch.ts';
import type { WatchEvent, WatchReport } from '../harness/features/watch/model.ts';
import { realShell, type Shell } from '../harness/lib/shell.ts';
import { projectRoot, type RunningDemo } from './run-gate.ts';
import { type Happening, testClock } from './watch-clock.ts';

/** When watches of tests start, unless they say otherwise. */
export const began = '2026-11-28T14:00:00.000Z';

export interface WatchedByTest {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
  readonly events: readonly WatchEvent[];
  readonly report: WatchReport;
  readonly folder: string;
}

export interface WatchSetting {
  /** Null: the configuration has its addresses. */
  readonly demo: RunningDemo | null;
  readonly flags?: Partial<WatchFlags>;
  readonly happenings?: readonly Happening[];
  readonly startsAt?: string;
  /** The current time for probes; the clock's own time when left out. */
  readonly now?: () => Date;
  /** Receives a function that interrupts the watch. */
  readonly onInterrupt?: (interrupt: () => void) => void;
}

/** Watches to the end. Events are there with --json, which is on unless a flag switches it off. */
export async function runWatch(reports: string, setting: WatchSetting): Promise<WatchedByTest> {
  const { demo, flags = {}, happenings = [], startsAt = began, onInterrupt } = setting;
  let [out, err] = ['', ''];
  const clock = testClock(startsAt, happenings);
  const shell: Shell = {
    ...realShell(),
    cwd: projectRoot,
    now: setting.now ?? clock.now,
    out: (text) => (out += text),
    err: (text) => (err += text),
    ask: null,
    terminal: { interactive: false, colour: false, width: 80 },
    onInterrupt: (callback) => {
      onInterrupt?.(() => callback('SIGINT'));
      return () => undefined;
    },
  };
  const addresses = demo === null ? {} : { web: demo.web, api: demo.api };
  const all = { config: 'checks/watch.config.ts', out: reports, json: true, ...addresses, ...flags };
  const exitCode = await watchCommand(all, shell, clock);
  const lines = all.json ? out.trimEnd().split('\n') : [];
  const events = lines.map((line) => JSON.parse(line) as WatchEvent);
  const folder = resolve(projectRoot, dirname(/^Report: (.*)$/m.exec(out + err)?.[1] ?? ''));
  const report = JSON.parse(readFileSync(join(folder, 'watch.json'), 'utf8')) as WatchReport;
  return { exitCode, out, err, events, report, folder };
}
