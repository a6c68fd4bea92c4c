/** Who had the processors while something was measured: we with all our processes, others, or the hypervisor. */
import { readdirSync, readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/** In whole cores, on average; what is not idle is ours, others' or stolen. */
export type ProcessorUse = { readonly [who in 'ours' | 'others' | 'stolen']: number };

/** The kernel's unit of processor time, whatever its own tick is (Linux: USER_HZ). */
const TICK_MS = 10;

/** What the system says of itself, in the words of proc_stat(5) and proc_pid_stat(5). Throws where there is no /proc. */
export interface Proc {
  /** The text of /proc/stat. */
  readonly total: () => string;
  /** The text of /proc/<pid>/stat of every process, by its id. */
  readonly processes: () => ReadonlyMap<number, string>;
}

interface Reading {
  readonly atMs: number;
  /** Ticks of all processors since the start: user, nice, system, idle, iowait, irq, softirq, steal, … */
  readonly columns: readonly number[];
  /** Ticks of a process, its living descendants, and those of them that ended and were waited for. */
  readonly ours: number;
}

/**
 * Starts to look at this process and all it started; the function it returns says who had the processors since, or null
 * where the system does not tell.
 */
export function watchProcessors(
  root: number = process.pid,
  proc: Proc = realProc,
  nowMs: () => number = () => performance.now(),
): () => ProcessorUse | null {
  const read = (): Reading | null => {
    try {
      const [total = ''] = proc.total().split('\n', 1);
      const columns = total.trim().split(/\s+/).slice(1).map(Number);
      const processes = new Map([...proc.processes()].map(([pid, stat]) => [pid, parseProcess(stat)]));
      return { atMs: nowMs(), columns, ours: ticksOfTree(root, processes) };
    } catch {
      return null;
    }
  };
  const before = read();
  return () => {
    const after = read();
    return before === null || after === null ? null : useBetween(before, after);
  };
}

function useBetween(before: Reading, after: Reading): ProcessorUse {
  const cores = (ticks: number): number =>
    Math.round(Math.max(0, (ticks * TICK_MS) / (after.atMs - before.atMs)) * 100) / 100;
  const grown = after.columns.map((ticks, column) => ticks - (before.columns[column] ?? 0));
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, stolen = 0] = grown;
  const ours = after.ours - before.ours;
  return { ours: cores(ours), others: cores(user + nice + system + irq + softirq - ours), stolen: cores(stolen) };
}

const realProc: Proc = {
  total: () => readFileSync('/proc/stat', 'utf8'),
  processes: () => {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return new Map(pids.flatMap((pid) => readStat(pid).map((stat) => [Number(pid), stat])));
  },
};

/** Nothing of a process that ended meanwhile. */
function readStat(pid: string): readonly string[] {
  try {
    return [readFileSync(`/proc/${pid}/stat`, 'utf8')];
  } catch {
    return [];
  }
}

interface ProcessTicks {
  readonly parent: number;
  readonly ticks: number;
}

/** The name of a program is in parentheses, and may hold any others. */
function parseProcess(stat: string): ProcessTicks {
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  // After the state: parent is field 4; user, system, and both of children that were waited for are fields 14 to 17.
  return { parent: fields[1] ?? 0, ticks: fields.slice(11, 15).reduce((sum, ticks) => sum + ticks, 0) };
}

function ticksOfTree(root: number, processes: ReadonlyMap<number, ProcessTicks>): number {
  const children = [...processes].filter(([, { parent }]) => parent === root).map(([pid]) => pid);
  const own = processes.get(root)?.ticks ?? 0;
  return children.reduce((sum, pid) => sum + ticksOfTree(pid, processes), own);
}
