import { expect, it } from 'vitest';
import { medianOf, percentileOf } from './nearest-rank.ts';

it('takes the middle, whatever the order', () => {
  expect(medianOf([30, 10, 20])).toBe(20);
  expect(medianOf([30, 10, 20, 40])).toBe(25);
});

it('takes percentiles by nearest rank, as the gate does', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
  expect(percentileOf(hundred, 95)).toBe(95);
  expect(percentileOf(hundred, 99.9)).toBe(100);
  expect(percentileOf([1, 2, 3], 75)).toBe(3);
  expect(percentileOf([1, 2], 50)).toBe(1.5);
  expect(percentileOf([7], 1)).toBe(7);
});
