/** Planted faults that delay answers: of diffs, or of the whole process when it stalls. */
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { PlantedFaults } from '../faults.ts';
import { everyShare } from './every-share.ts';

/** Adds the hooks that delay answers; none where no delay is planted. */
export function plantDelays(app: FastifyInstance, planted: PlantedFaults): void {
  plantLateDiffs(app, planted);
  plantStalls(app, planted.get('stalls'));
}

interface Answered {
  readonly isComputed: boolean;
  /** Diffs answered in the last second. */
  readonly perSecond: number;
  /** Diffs answered so far. */
  readonly before: number;
}

/** How long the next diff is delayed, in milliseconds. */
type Delay = (answered: Answered) => number;

/** Diffs per second above which the API counts as loaded; a single visitor asks for fewer. */
const loadedFrom = 25;

function plantLateDiffs(app: FastifyInstance, planted: PlantedFaults): void {
  const isInTail = everyShare(10);
  const delayFor: { readonly [name in LateDiff]: (sizeMs: number) => Delay } = {
    'slow-diff': (sizeMs) => () => sizeMs,
    'slow-diff-misses':
      (sizeMs) =>
      ({ isComputed }) =>
        isComputed ? sizeMs : 0,
    'slow-diff-tail': (sizeMs) => () => (isInTail() ? sizeMs : 0),
    'slow-under-load':
      (sizeMs) =>
      ({ perSecond }) =>
        perSecond > loadedFrom ? sizeMs : 0,
    'drifting-diff':
      (sizeMs) =>
      ({ before }) =>
        (sizeMs * before) / 100,
  };
  const delays = lateDiffs.flatMap((name) => {
    const sizeMs = planted.get(name);
    return sizeMs === undefined ? [] : [delayFor[name](sizeMs)];
  });
  if (delays.length === 0) return;
  let before = 0;
  let lastSecond: readonly number[] = [];
  app.addHook('onSend', async (request, reply) => {
    if (request.routeOptions.config.kind !== 'diff') return;
    const nowMs = performance.now();
    lastSecond = [...lastSecond.filter((at) => at > nowMs - 1000), nowMs];
    const answered = { isComputed: reply.getHeader('X-Cache') === 'MISS', perSecond: lastSecond.length, before };
    before += 1;
    await pause(delays.reduce((sumMs, delay) => sumMs + delay(answered), 0));
  });
}

const lateDiffs = ['slow-diff', 'slow-diff-misses', 'slow-diff-tail', 'slow-under-load', 'drifting-diff'] as const;

type LateDiff = (typeof lateDiffs)[number];

const stallEveryMs = 2000;

/** Stalls the process, and with it everything that it serves, without using processor time. */
function plantStalls(app: FastifyInstance, sizeMs: number | undefined): void {
  if (sizeMs === undefined) return;
  const nobody = new Int32Array(new SharedArrayBuffer(4));
  const stalls = setInterval(() => Atomics.wait(nobody, 0, 0, sizeMs), stallEveryMs);
  app.addHook('onClose', async () => clearInterval(stalls));
}
