/** Takes turns with whoever visits another target at the same time, so that only one of them acts. */
import { request } from 'node:http';

export interface Turns {
  /** Does the work when it is this side's turn, and lets the other go on after it. */
  take<Result>(work: () => Promise<Result>): Promise<Result>;
}

/** `address` is where turns are given out; without it nobody else visits, and it is always one's turn. */
export function turnsAt(address: string | undefined): Turns {
  if (address === undefined) return { take: (work) => work() };
  return {
    async take(work) {
      await ask(`${address}/take`);
      try {
        return await work();
      } finally {
        await ask(`${address}/done`);
      }
    },
  };
}

/** Waits as long as it takes: a visit of the other side lasts until its steps time out. */
function ask(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { method: 'POST' }, (answer) => {
      answer.resume().on('end', resolve);
    });
    asking.on('error', reject).end();
  });
}
