import { describe, expect, it } from 'vitest';
import { matcherOf, promqlOf, riseOver } from './series.ts';

describe('the rise of a counter', () => {
  it.each([
    [[], 0, 0],
    [[5], 0, 0],
    [[5, 5, 9], 4, 0],
    // As Prometheus: after a reset it counts from zero.
    [[5, 8, 2, 3], 6, 1],
    [[5, 0, 7, 1], 8, 2],
  ])('over %j is %d with %d resets', (values, rise, resets) => {
    expect(riseOver(values)).toEqual({ rise, resets });
  });
});

describe('a selector', () => {
  const selector = { name: 'requests_total', where: { endpoint: '.*/diff', status: '5..' } };

  it('matches values as a whole, as PromQL does', () => {
    const matches = matcherOf(selector);
    expect(matches({ endpoint: '/api/v1/artifacts/skill:a/diff', status: '503', method: 'GET' })).toBe(true);
    expect(matches({ endpoint: '/api/v1/artifacts/skill:a/diff/more', status: '503' })).toBe(false);
    expect(matches({ endpoint: '/diff', status: '1503' })).toBe(false);
    expect(matches({ endpoint: '/diff' })).toBe(false);
  });

  it('is PromQL of the same meaning', () => {
    expect(promqlOf(selector, { job: 'a "b"' })).toBe(
      String.raw`requests_total{job="a \"b\"",endpoint=~".*/diff",status=~"5.."}`,
    );
    expect(promqlOf({ name: 'up', where: {} })).toBe('up');
  });
});
