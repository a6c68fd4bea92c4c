import { describe, expect, it } from 'vitest';
import { seenClock } from './target-clock.ts';

const noon = Date.parse('2026-11-23T12:00:00.000Z');
const dated = (headers: { readonly [name: string]: string }, askedAtMs = noon, answeredAtMs = noon + 200) =>
  seenClock('api', { askedAtMs, answeredAtMs, answer: { headers } });
const date = new Date(noon).toUTCString();

describe('the clock of a target', () => {
  it('is known to the second and to the time that the answer took', () => {
    expect(dated({ date })).toEqual({ of: 'api', aheadMs: [-200, 1000] });
    expect(dated({ date }, noon + 60_000, noon + 60_050)?.aheadMs).toEqual([-60_050, -59_000]);
  });

  it.each([
    ['no answer has a date', {}],
    ['a date is none', { date: 'yesterday' }],
    ['the answer is a copy that was kept', { date, age: '30' }],
  ])('is not known where %s', (_, headers) => {
    expect(dated(headers)).toBeNull();
  });
});
