import type { VNode } from 'preact';
import { render } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import type { Growth, Sizes } from '../../model/evidence.ts';
import { growthTable } from './growth-table.ts';

const sizes = (raw: number): Sizes => ({ raw, gzip: raw / 2, brotli: raw / 4 });

const growth: Growth = {
  kind: 'growth',
  sli: 'bundle.js-growth',
  how: 'as the test says',
  unit: 'bytes',
  of: 'scripts',
  judged: 'gzip',
  count: 3,
  baseline: 'demo@1.0.0 of 2026-11-23',
  parts: [
    { name: 'react', before: sizes(8000), after: sizes(8000) },
    { name: 'index', before: sizes(80_000), after: sizes(96_000) },
    { name: '<b>vendor', before: null, after: sizes(4000) },
    { name: 'legacy', before: sizes(12_000), after: null },
  ],
};

/** Each row's cells as text. */
function rowsOf(shown: Growth): string[] {
  const text = render(growthTable(shown) as VNode);
  const plain = (cell: string): string =>
    cell
      .replace(/<[^>]*>/g, '')
      .replaceAll(/\s+/g, ' ')
      .trim();
  return [...text.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/gs)].map(([, cell = '']) => plain(cell)).join(' | '),
  );
}

describe('the table of what grew', () => {
  it('has every size before and after, the largest growth first, and all together', () => {
    expect(rowsOf(growth)).toEqual([
      'Script | raw | gzip | brotli',
      'index | 80.0 kB → 96.0 kB (+20.0 %) | 40.0 kB → 48.0 kB (+20.0 %) | 20.0 kB → 24.0 kB (+20.0 %)',
      '&lt;b>vendor (new) | – → 4.0 kB | – → 2.0 kB | – → 1.0 kB',
      'react | 8.0 kB → 8.0 kB | 4.0 kB → 4.0 kB | 2.0 kB → 2.0 kB',
      'legacy (gone) | 12.0 kB → – | 6.0 kB → – | 3.0 kB → –',
      'All together | 100 kB → 108 kB (+8.0 %) | 50.0 kB → 54.0 kB (+8.0 %) | 25.0 kB → 27.0 kB (+8.0 %)',
    ]);
  });

  it('shows the first fifty', () => {
    const parts = Array.from({ length: 60 }, (_, index) => ({ name: `${index}`, before: sizes(8), after: sizes(8) }));
    expect(rowsOf({ ...growth, parts })).toHaveLength(52);
  });
});
