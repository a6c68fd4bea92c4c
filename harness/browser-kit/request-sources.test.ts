import { describe, expect, it } from 'vitest';
import { keepAccount } from './request-sources.ts';

const url = 'http://api.test/list';

function account() {
  const { sources, heard } = keepAccount();
  return {
    ...heard,
    ask: (requestId: string, method = 'GET') => heard.request({ requestId, request: { url, method } }),
    answer: (requestId: string, response: { fromServiceWorker?: boolean; fromDiskCache?: boolean } = {}) =>
      heard.response({ requestId, response }),
    finish: (requestId: string, encodedDataLength: number) => heard.end({ requestId, encodedDataLength }),
    of: (nth: number) => sources.of(url, nth),
  };
}

describe('the account of the network', () => {
  it.each([
    ['before', ['preflight', 'request']],
    ['after', ['request', 'preflight']],
  ])('does not take a preflight that is told %s its request for it', (_name, order) => {
    const { ask, answer, finish, of } = account();
    for (const id of order) ask(id, id === 'preflight' ? 'OPTIONS' : 'GET');
    answer('preflight');
    finish('preflight', 0);
    answer('request');
    finish('request', 6413);
    expect(of(-1)).toEqual({ source: 'network', sizeBytes: 6413 });
    expect(of(0)).toEqual(of(-1));
    expect(of(1)).toBeNull();
  });

  it('knows of no source before the answer has begun', () => {
    const { ask, answer, of } = account();
    ask('1');
    expect(of(0)).toEqual({ sizeBytes: 0 });
    answer('1', { fromDiskCache: true });
    expect(of(0)).toEqual({ source: 'disk cache', sizeBytes: 0 });
  });

  it('keeps a memory cache, which never reaches the network, from being called one', () => {
    const { ask, fromMemory, answer, finish, of } = account();
    ask('1');
    fromMemory({ requestId: '1' });
    answer('1');
    finish('1', 900);
    expect(of(0)).toEqual({ source: 'memory cache', sizeBytes: 0 });
  });

  it('tells requests to one address apart', () => {
    const { ask, answer, of } = account();
    ask('1');
    ask('2');
    answer('2', { fromServiceWorker: true });
    answer('1');
    expect([of(0)?.source, of(1)?.source]).toEqual(['network', 'service worker']);
  });

  it('leaves alone what it has not heard the beginning of', () => {
    const { answer, finish, fromMemory, of } = account();
    fromMemory({ requestId: '9' });
    answer('9');
    finish('9', 1);
    expect(of(0)).toBeNull();
  });
});
