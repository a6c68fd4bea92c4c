import { describe, expect, it } from 'vitest';
import { normaliseUrl } from './page-requests.ts';

describe('normaliseUrl', () => {
  it.each([
    ['http://a/artifacts/skill%3Afoo/diff?b=2&a=1', '/artifacts/skill:foo/diff?a=1&b=2'],
    ['http://b:81/artifacts/skill:foo/diff?a=1&b=2', '/artifacts/skill:foo/diff?a=1&b=2'],
    ['http://a/x?path=%2Fhome%2Fme', '/x?path=/home/me'],
    ['http://a/50%', '/50%'],
  ])('%s is %s', (url, name) => {
    expect(normaliseUrl(url)).toBe(name);
  });
});
