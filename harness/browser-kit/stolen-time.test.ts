import { describe, expect, it } from 'vitest';
import { countStolenTime } from './stolen-time.ts';

const statWith = (steal: number): string =>
  `cpu  5379 15 3473 66894 487 0 69 ${steal} 0 0\ncpu0 2690 8 1700 33000 240 0 34 ${steal} 0 0\n`;

describe('countStolenTime', () => {
  it('counts what all processors lost since it began, in milliseconds', () => {
    const readings = [statWith(16), statWith(16), statWith(21)];
    const stolenMs = countStolenTime(() => readings.shift() ?? '');
    expect(stolenMs()).toBe(0);
    expect(stolenMs()).toBe(50);
  });

  it('knows of nothing stolen where the system does not tell', () => {
    expect(countStolenTime(() => '')()).toBe(0);
    expect(countStolenTime(() => 'cpu 1 2 3 4')()).toBe(0);
  });

  it('reads this machine', () => {
    expect(countStolenTime()()).toBeGreaterThanOrEqual(0);
  });
});
