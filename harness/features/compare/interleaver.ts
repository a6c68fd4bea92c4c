/**
 * Lets two sides act in turn, one at a time: A B, B A, A B … Neither begins before both have come, so that the start of one
 * does not disturb the other, and a side that has left is not waited for.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type SideName = 'before' | 'after';

export interface Interleaver {
  /** Resolves when it is this side's turn; resolves at once for one that has left. */
  take(side: SideName): Promise<void>;
  /** This side's turn is over. */
  done(side: SideName): void;
  /** This side takes no turn any more. */
  leave(side: SideName): void;
}

/**
 * `first` has the first turn, and of the turns after that every other two: A B, B A.
 * @internal Exported for its tests.
 */
export function createInterleaver(first: SideName): Interleaver {
  const second = otherThan(first);
  const order = [first, second, second, first] as const;
  const waiting = new Map<SideName, () => void>();
  const present = new Set<SideName>(['before', 'after']);
  let begun = false;
  let turn = 0;
  let acting: SideName | null = null;

  function goOn(): void {
    if (acting !== null) return;
    begun ||= [...present].every((side) => waiting.has(side));
    if (!begun || present.size === 0) return;
    while (!present.has(expected())) turn += 1;
    const enter = waiting.get(expected());
    if (enter === undefined) return;
    acting = expected();
    waiting.delete(acting);
    enter();
  }

  function expected(): SideName {
    return order[turn % order.length] ?? first;
  }

  return {
    take: (side) =>
      new Promise((resolve) => {
        if (!present.has(side)) return resolve();
        // The process that acted for this side crashed, and another took its place.
        if (acting === side) acting = null;
        waiting.set(side, resolve);
        goOn();
      }),
    done(side) {
      if (acting !== side) return;
      acting = null;
      turn += 1;
      goOn();
    },
    leave(side) {
      present.delete(side);
      waiting.get(side)?.();
      waiting.delete(side);
      if (acting === side) acting = null;
      goOn();
    },
  };
}

export interface OpenInterleaver {
  /** Where a side's process takes its turns. */
  addressOf(side: SideName): string;
  leave(side: SideName): void;
  close(): Promise<void>;
}

/** An interleaver that other processes ask, on the loopback: `POST /before/take` answers when it is that side's turn. */
export async function openInterleaver(first: SideName): Promise<OpenInterleaver> {
  const interleaver = createInterleaver(first);
  const answer = async ({ url = '' }: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, side, act] = url.split('/');
    if (side !== 'before' && side !== 'after') {
      response.writeHead(404).end();
      return;
    }
    if (act === 'take') await interleaver.take(side);
    else interleaver.done(side);
    response.writeHead(204).end();
  };
  const server = createServer((question, response) => void answer(question, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    addressOf: (side) => `http://127.0.0.1:${port}/${side}`,
    leave: (side) => interleaver.leave(side),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function otherThan(side: SideName): SideName {
  return side === 'before' ? 'after' : 'before';
}
