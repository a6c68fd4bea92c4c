/** Who had the processors while something was measured: we with all our processes, others, or the hypervisor. */
import { readdirSync, readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/** In whole cores, on average; what is not idle is ours, others' or stolen. */
export type ProcessorUse = { readonly [who in 'ours' | 'others' | 'stolen']: number };

/** The kernel's unit of processor time, whatever its own tick is (Linux: USER_HZ). */
const TICK_MS = 10;

/** What is read of /proc (proc_stat(5), proc_pid_stat(5)); null where there is none. */
export interface ProcessorTimes {
  /** Ticks of all processors since the start, by column of the first line of /proc/stat. */
  readonly columns: readonly number[];
  /** Ticks of this process, its living descendants, and those of them that ended and were waited for. */
  readonly ours: number;
}

/** Starts to look; the function it returns says who had the processors since, or null where the system does not tell. */
export function watchProcessors(
  read: () => ProcessorTimes | null = readTimes,
  nowMs: () => number = () => performance.now(),
): () => ProcessorUse | null {
  const before = read();
  const startedAt = nowMs();
  return () => {
    const after = read();
    if (before === null || after === null) return null;
    const tookMs = nowMs() - startedAt;
    const cores = (ticks: number): number => Math.round(Math.max(0, (ticks * TICK_MS) / tookMs) * 100) / 100;
    const grown = after.columns.map((ticks, column) => ticks - (before.columns[column] ?? 0));
    const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, stolen = 0] = grown;
    const ours = after.ours - before.ours;
    return { ours: cores(ours), others: cores(user + nice + system + irq + softirq - ours), stolen: cores(stolen) };
  };
}

function readTimes(): ProcessorTimes | null {
  try {
    const [total = ''] = readFileSync('/proc/stat', 'utf8').split('\n', 1);
    const columns = total.trim().split(/\s+/).slice(1).map(Number);
    return { columns, ours: ticksOfTree(process.pid, readProcesses()) };
  } catch {
    return null;
  }
}

interface ProcessTicks {
  readonly parent: number;
  readonly ticks: number;
}

function readProcesses(): ReadonlyMap<number, ProcessTicks> {
  const processes = new Map<number, ProcessTicks>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      processes.set(Number(name), parseProcess(readFileSync(`/proc/${name}/stat`, 'utf8')));
    } catch {
      // It ended meanwhile.
    }
  }
  return processes;
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
