/** How long the hypervisor kept this machine's processors from running: what a timing has in it that is nobody's work. */
import { readFileSync } from 'node:fs';

/** The kernel counts in hundredths of a second, whatever its own tick is (Linux: USER_HZ). */
const TICK_MS = 10;
/** `cpu  user nice system idle iowait irq softirq steal …` (proc_stat(5)). */
const STEAL_COLUMN = 8;

/** Starts to count; the function it returns says how many milliseconds, summed over all processors, were stolen since. */
export function countStolenTime(read: () => string = readStat): () => number {
  const before = stolenTicks(read());
  return () => Math.max(0, stolenTicks(read()) - before) * TICK_MS;
}

function stolenTicks(stat: string): number {
  const [total = ''] = stat.split('\n', 1);
  return Number(total.trim().split(/\s+/)[STEAL_COLUMN] ?? 0);
}

/** Empty where the system does not tell; nothing is known to be stolen there. */
function readStat(): string {
  try {
    return readFileSync('/proc/stat', 'utf8');
  } catch {
    return '';
  }
}
