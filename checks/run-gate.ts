/** Runs the real command line against a real demo, for the tests that look at the whole. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type GateReport, parseGateReport } from '../harness/model/gate-report.ts';

export const projectRoot = join(import.meta.dirname, '..');
/** Calibrations of the machine that the tests may share. */
const calibrationCache = join(projectRoot, 'node_modules', '.cache', 'rampgate');
const announcement = z.object({
  web: z.string(),
  api: z.string(),
  logs: z.object({ api: z.string(), frontend: z.string() }),
  home: z.string(),
});

export interface RunningDemo {
  readonly web: string;
  readonly api: string;
  readonly logs: { readonly api: string; readonly frontend: string };
  /** The folder with its files. */
  readonly home: string;
  readonly child: ChildProcess;
  stop(): Promise<void>;
}

/** Starts the demo on free ports, with faults planted. */
export function startDemo(...faults: readonly string[]): Promise<RunningDemo> {
  return startDemoWith(...faults.flatMap((fault) => ['--fault', fault]));
}

/** Starts the demo on free ports, with these options. */
export async function startDemoWith(...options: readonly string[]): Promise<RunningDemo> {
  const args = ['demo/main.ts', '--port', '0', '--api-port', '0', '--exit-with-parent', ...options];
  const child = spawn(process.execPath, args, { cwd: projectRoot, stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const line = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const found = /^RAMPGATE_TARGET (.*)$/m.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
    void ended.then(() => reject(new Error(`the demo ended before it was ready: ${text}`)));
  });
  return {
    ...announcement.parse(JSON.parse(line)),
    child,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

export interface FinishedGate extends EndedProcess {
  /** Null when the run wrote none. */
  readonly report: GateReport | null;
  /** The run folder, or null when there is none. */
  readonly folder: string | null;
}

export interface RunningGate {
  readonly child: ChildProcess;
  readonly out: string;
  readonly finished: Promise<FinishedGate>;
}

/** Starts `rampgate gate` with its own folder for reports, which `removeReports` removes. */
export function startGate(...args: readonly string[]): RunningGate {
  const out = mkdtempSync(join(tmpdir(), 'rampgate-test-'));
  reportFolders.push(out);
  const { child, ended } = startRampgate(projectRoot, ['gate', '--out', out, ...args]);
  return { child, out, finished: ended.then((result) => ({ ...result, ...readReport(out) })) };
}

export interface EndedProcess {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the command line of this project or of a copy of it. */
export function startRampgate(
  root: string,
  args: readonly string[],
): { readonly child: ChildProcess; readonly ended: Promise<EndedProcess> } {
  const child = spawn(process.execPath, ['harness/cli.ts', ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, CI: 'true', RAMPGATE_CACHE: calibrationCache },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  const ended = new Promise<EndedProcess>((resolve) => {
    child.once('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
  return { child, ended };
}

const reportFolders: string[] = [];

/** Removes the folders that the gates of this test wrote. */
export function removeReports(): void {
  for (const folder of reportFolders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

function readReport(out: string): Pick<FinishedGate, 'report' | 'folder'> {
  const name = readdirSync(out).find((entry) => /^\d{8}T/.test(entry));
  if (name === undefined) return { report: null, folder: null };
  const folder = join(out, name);
  if (!readdirSync(folder).includes('gate.json')) return { report: null, folder };
  return { report: parseGateReport(JSON.parse(readFileSync(join(folder, 'gate.json'), 'utf8'))), folder };
}

/** Command lines of processes that mention a text; on systems without /proc always empty. */
export function processesMentioning(text: string): string[] {
  try {
    return readdirSync('/proc')
      .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
      .map((pid) => commandLineOf(pid))
      .filter((line) => line.includes(text));
  } catch {
    return [];
  }
}

function commandLineOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return ''; // the process has ended
  }
}
