/** Waits until an address answers as it does when a step has worked. */
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { causeOf } from '../../gate/target.ts';
import type { Shell, WebAnswer } from '../../lib/shell.ts';
import type { SettlePolicy } from '../../model/rollback.ts';

export interface Settled {
  readonly ok: boolean;
  /** A sentence with what was answered. */
  readonly message: string;
}

const ASK_EVERY_MS = 500;
const ANSWER_WITHIN_MS = 5000;

/** Twice in a row: of two instances behind one address the old one may answer next, and a first question is never a hit. */
const IN_A_ROW = 2;

/** Asks `at` until it has answered well twice in a row, or its time is over. Never throws. */
export async function settle(
  { at, withinMs, shows, header }: SettlePolicy,
  { shell, signal }: { readonly shell: Shell; readonly signal: AbortSignal },
): Promise<Settled> {
  const startedAt = performance.now();
  let good = 0;
  let trouble = 'it was not asked';
  while (!signal.aborted) {
    const why = await whyNotYet(at, { shows, header, shell, signal });
    good = why === null ? good + 1 : 0;
    trouble = why ?? trouble;
    const elapsedMs = performance.now() - startedAt;
    if (good >= IN_A_ROW) return { ok: true, message: `${at} answered as it should after ${seconds(elapsedMs)}` };
    if (elapsedMs + ASK_EVERY_MS > withinMs) break;
    await sleep(ASK_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
  if (signal.aborted) return { ok: false, message: `somebody interrupted before ${at} answered as it should` };
  return { ok: false, message: `${at} did not answer as it should within ${seconds(withinMs)}: ${trouble}` };
}

interface Asking {
  readonly shows: string | undefined;
  readonly header: SettlePolicy['header'];
  readonly shell: Shell;
  readonly signal: AbortSignal;
}

async function whyNotYet(at: string, { shows, header, shell, signal }: Asking): Promise<string | null> {
  let answer: WebAnswer;
  try {
    answer = await shell.request(at, { timeoutMs: ANSWER_WITHIN_MS, signal });
  } catch (error) {
    return causeOf(error);
  }
  const { status, text, headers } = answer;
  if (status < 200 || status > 299) return `status ${status}`;
  if (shows !== undefined && !text.includes(shows)) return `the answer does not have "${shows}" in it`;
  if (header === undefined) return null;
  const said = headers[header.name.toLowerCase()];
  return said === header.is ? null : `${header.name} is ${said ?? 'not there'}, not ${header.is}`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
