import { describe, expect, it } from 'vitest';
import { scriptName } from './script-name.ts';

describe('the name of a script', () => {
  it.each([
    ['Vite', 'assets/index-DRQbwSzV.js', 'assets/index'],
    ['Vite, with a dash in the hash', 'assets/error-reports-a-B1_xyz.js', 'assets/error-reports'],
    ['Rollup', 'vendor-3f2a1b9c.mjs', 'vendor'],
    ['webpack', 'static/js/main.3f2a1b9c.chunk.js', 'static/js/main'],
    ['webpack, by number', '123.3f2a1b9c4d5e6f708192.js', '123'],
    ['esbuild', 'chunk-ABCDEFGH.js', 'chunk'],
    ['Next', '_next/static/chunks/app/page-3f2a1b9c4d5e6f70.js', '_next/static/chunks/app/page'],
    [
      'Next, in a folder of the build',
      '_next/static/vXz3k9Qw_8LmN2pR4sT6u/_ssgManifest.js',
      '_next/static/*/_ssgManifest',
    ],
    ['Turbopack', '_next/static/chunks/0a1b2c3d4e5f6789.js', '_next/static/chunks/*'],
    ['minified', 'js/app.min.js', 'js/app'],
    ['a page’s path', '/assets/index-DRQbwSzV.js', 'assets/index'],
  ])('is without the hash of %s', (_tool, path, name) => {
    expect(scriptName(path)).toBe(name);
  });

  it.each(['error-boundary', 'user-settings', 'page-Settings', 'd3', 'worker', 'es-module-shims', 'boundary'])(
    'keeps what is a word: %s',
    (name) => {
      expect(scriptName(`${name}.js`)).toBe(name);
    },
  );
});
