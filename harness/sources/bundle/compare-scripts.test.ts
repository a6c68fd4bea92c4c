import { describe, expect, it } from 'vitest';
import { byName, growthParts, type ScriptFile } from './compare-scripts.ts';

const file = (path: string, raw: number): ScriptFile => ({ path, sizes: { raw, gzip: raw / 2, brotli: raw / 4 } });

describe('scripts of two builds', () => {
  it('are the same by their names, and several of one name count together', () => {
    const before = byName([file('a/index-AbCdEf12.js', 800), file('a/gone-AbCdEf12.js', 40)]);
    const after = byName([
      file('a/new-Zz3456xY.js', 16),
      file('a/index-Xy123456.js', 600),
      file('a/index-Zz3456xY.js', 400),
    ]);
    expect(after).toMatchObject([{ name: 'a/index', files: 2, raw: 1000, gzip: 500, brotli: 250 }, { name: 'a/new' }]);
    expect(growthParts(before, after)).toEqual([
      { name: 'a/index', before: { raw: 800, gzip: 400, brotli: 200 }, after: { raw: 1000, gzip: 500, brotli: 250 } },
      { name: 'a/new', before: null, after: { raw: 16, gzip: 8, brotli: 4 } },
      { name: 'a/gone', before: { raw: 40, gzip: 20, brotli: 10 }, after: null },
    ]);
  });
});
