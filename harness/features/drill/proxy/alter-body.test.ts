import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { packageRoot } from '../../../lib/package-root.ts';
import { alterText } from './alter-body.ts';

/** Minified, as the bundles are that a gate weighs. */
const code = readFileSync(
  join(packageRoot, 'node_modules', '@observablehq', 'plot', 'dist', 'plot.umd.min.js'),
  'utf8',
);

it.each([0.04, 0.08])('makes a script longer by %s of itself, on its way as well', (by) => {
  const grown = alterText(code, 'script', [{ kind: 'grow-scripts', by }]);
  expect(grown.startsWith(code)).toBe(true);
  expect(grown.length / code.length - 1).toBeCloseTo(by, 2);
  const onItsWay = gzipSync(grown).length / gzipSync(code).length - 1;
  expect(onItsWay / by).toBeGreaterThan(0.8);
  expect(onItsWay / by).toBeLessThan(1.25);
});

it('leaves JSON that does not parse as it is, and what the path does not lead to', () => {
  const gone = { kind: 'field', at: 'a.b', change: 'remove' } as const;
  expect(alterText('{"a":', 'json', [gone])).toBe('{"a":');
  expect(alterText('{"a":1,"b":2}', 'json', [gone])).toBe('{"a":1,"b":2}');
});
