/** Planted faults of the page: read from the configuration here and nowhere else. */
import { useEffect, useState } from 'react';
import type { PageConfig } from '../../contract.ts';
import type { FaultName } from '../../faults.ts';

let planted: PageConfig['faults'] = {};

/** Takes over the faults of the configuration; called once, before anything is rendered. */
export function plantFaults(faults: PageConfig['faults']): void {
  planted = faults;
}

/** Whether a fault is planted. */
export function isPlanted(name: FaultName): boolean {
  return name in planted;
}

/** The size of a fault in milliseconds, 0 where it is not planted. */
export function faultDelayMs(name: FaultName): number {
  return planted[name] ?? 0;
}

/** The value, or the previous one until the delay has passed; `before` precedes the first. */
export function useDelayed<Value>(value: Value, delayMs: number, before: Value): Value {
  const [late, setLate] = useState(before);
  useEffect(() => {
    if (delayMs === 0) return;
    const timer = setTimeout(() => setLate(value), delayMs);
    return () => clearTimeout(timer);
  }, [value, delayMs]);
  return delayMs === 0 ? value : late;
}

/** Blocks the main thread for this long. */
export function holdUp(durationMs: number): void {
  const endsAt = performance.now() + durationMs;
  while (performance.now() < endsAt);
}

let hasOpenedDiff = false;

/** The delay of the next diff that is opened. */
export function openDelayMs(): number {
  const delayMs = faultDelayMs(hasOpenedDiff ? 'slow-file-open' : 'slow-first-diff');
  hasOpenedDiff = true;
  return delayMs;
}

const firstTexts = new Map<string, string>();

/** The text, or with `stale-lines` planted the first text of this key. */
export function staleText(key: string, text: string): string {
  if (!isPlanted('stale-lines')) return text;
  const first = firstTexts.get(key) ?? text;
  firstTexts.set(key, first);
  return first;
}

/** Silences console errors and swallows uncaught ones. */
export function muteConsole(): void {
  console.error = () => undefined;
  const swallow = (event: Event): void => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  window.addEventListener('error', swallow, { capture: true });
  window.addEventListener('unhandledrejection', swallow, { capture: true });
}
