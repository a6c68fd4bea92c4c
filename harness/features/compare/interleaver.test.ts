import { expect, it } from 'vitest';
import { createInterleaver, type Interleaver, openInterleaver, type SideName } from './interleaver.ts';

/** A side that acts so often, and then leaves; what it does is written down. */
async function act(interleaver: Interleaver, side: SideName, { times, log }: { times: number; log: string[] }) {
  for (let done = 0; done < times; done += 1) {
    await interleaver.take(side);
    log.push(side);
    await Promise.resolve();
    interleaver.done(side);
  }
  interleaver.leave(side);
}

async function order(first: SideName, times: { readonly [side in SideName]: number }): Promise<string> {
  const interleaver = createInterleaver(first);
  const log: string[] = [];
  const both = (['before', 'after'] as const).map((side) => act(interleaver, side, { times: times[side], log }));
  await Promise.all(both);
  return log.map((side) => (side === 'before' ? 'A' : 'B')).join('');
}

it.each([
  ['before', { before: 4, after: 4 }, 'ABBAABBA'],
  ['after', { before: 3, after: 3 }, 'BAABBA'],
  ['before', { before: 1, after: 4 }, 'ABBBB'],
  ['before', { before: 4, after: 0 }, 'AAAA'],
] as const)('lets two act in turn, %s first: %o', async (first, times, expected) => {
  expect(await order(first, times)).toBe(expected);
});

it('lets nobody begin before both have come', async () => {
  const interleaver = createInterleaver('before');
  const log: string[] = [];
  const first = interleaver.take('before').then(() => log.push('before'));
  await Promise.resolve();
  expect(log).toEqual([]);
  void interleaver.take('after').then(() => log.push('after'));
  await first;
  expect(log).toEqual(['before']);
});

it('goes on where one crashed in its turn, and came again', async () => {
  const interleaver = createInterleaver('before');
  const both = [interleaver.take('before'), interleaver.take('after')];
  await both[0];
  await interleaver.take('before');
  interleaver.done('before');
  await both[1];
});

it('gives turns to other processes, and lets go of them when it closes', async () => {
  const interleaver = await openInterleaver('before');
  const ask = (side: SideName, what: string) => fetch(`${interleaver.addressOf(side)}/${what}`, { method: 'POST' });
  const [before, after] = [ask('before', 'take'), ask('after', 'take')];
  expect((await before).status).toBe(204);
  await ask('before', 'done');
  expect((await after).status).toBe(204);
  const never = ask('before', 'take').catch(() => 'let go');
  await interleaver.close();
  expect(await never).toBe('let go');
});
