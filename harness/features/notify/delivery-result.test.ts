import { describe, expect, it } from 'vitest';
import { type Answer, deliveryResultOf, failedDelivery, isWorthRetrying } from './delivery-result.ts';

describe('deliveryResultOf', () => {
  it.each<[string, Answer, string]>([
    ['a plain 200', { statusCode: 200 }, 'delivered'],
    ['a 200 that limits something else', { statusCode: 200, rateLimits: '60:transaction;monitor:key' }, 'delivered'],
    ['a 200 whose limit is over', { statusCode: 200, rateLimits: '0:error:key' }, 'delivered'],
    [
      'a 200 that limits this too',
      { statusCode: 200, rateLimits: '60:span:key, 60:default;error:key' },
      'rate-limited',
    ],
    ['a 200 that limits everything', { statusCode: 200, rateLimits: '60::organization' }, 'rate-limited'],
    ['a 429', { statusCode: 429 }, 'rate-limited'],
    ['nothing, because Sentry had asked for silence', {}, 'rate-limited'],
    ['a 500', { statusCode: 500 }, 'server-error'],
    ['a redirect', { statusCode: 301 }, 'refused'],
    ['a 413', { statusCode: 413, why: 'too large' }, 'refused'],
  ])('%s means %j → %s', (_name, answer, status) => {
    expect(deliveryResultOf(answer, 'error').status).toBe(status);
  });
});

describe('failedDelivery', () => {
  it.each([
    ['in time', Object.assign(new Error('aborted'), { name: 'AbortError' }), { status: 'timed-out', afterMs: 9 }],
    ['from one address', new Error('connect ECONNREFUSED'), { status: 'unreachable', why: 'connect ECONNREFUSED' }],
    [
      'from any address',
      Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }),
      { status: 'unreachable', why: 'ECONNREFUSED' },
    ],
  ])('no answer %s', (_name, error, result) => {
    expect(failedDelivery(error, 9)).toEqual(result);
  });
});

it('keeps what a later try may deliver', () => {
  expect(isWorthRetrying({ status: 'timed-out', afterMs: 1 })).toBe(true);
  expect(isWorthRetrying({ status: 'not-tried', why: '' })).toBe(true);
  expect(isWorthRetrying({ status: 'refused', httpStatus: 400, why: null })).toBe(false);
});
