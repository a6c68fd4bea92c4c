import { describe, expect, it } from 'vitest';
import { passedBetween } from './passing-time.ts';

const noon = { awakeMs: 1000, steadyMs: 50_000, wallMs: Date.parse('2026-11-28T12:00:00Z') };

describe('passedBetween', () => {
  it('is the time that went by, where nothing happened', () => {
    const later = { awakeMs: 31_000, steadyMs: 80_010, wallMs: noon.wallMs + 30_004 };
    expect(passedBetween(noon, later)).toEqual({ elapsedMs: 30_000, asleepMs: 0, setByMs: 0 });
  });

  it('counts sleep as time that went by', () => {
    const woken = { awakeMs: 6000, steadyMs: 50_000 + 3_605_000, wallMs: noon.wallMs + 3_605_000 };
    expect(passedBetween(noon, woken)).toEqual({ elapsedMs: 3_605_000, asleepMs: 3_600_000, setByMs: 0 });
  });

  it.each([3_600_000, -3_600_000])('does not count a clock that was set by %d ms', (byMs) => {
    const set = { awakeMs: 6000, steadyMs: 55_000, wallMs: noon.wallMs + 5000 + byMs };
    expect(passedBetween(noon, set)).toEqual({ elapsedMs: 5000, asleepMs: 0, setByMs: byMs });
  });

  it('tells sleep and a clock that was set meanwhile apart', () => {
    const both = { awakeMs: 2000, steadyMs: 50_000 + 601_000, wallMs: noon.wallMs + 601_000 - 7_200_000 };
    expect(passedBetween(noon, both)).toEqual({ elapsedMs: 601_000, asleepMs: 600_000, setByMs: -7_200_000 });
  });

  it('never goes backwards', () => {
    expect(passedBetween(noon, { ...noon, awakeMs: 0 }).elapsedMs).toBe(0);
  });
});
