/** Scripts of one measurement by their names, and what became of them since another. Pure. */
import type { GrowthPart, Sizes } from '../../model/evidence.ts';
import { scriptName } from './script-name.ts';

/** One file, by its path in the build or on the server. */
export interface ScriptFile {
  readonly path: string;
  readonly sizes: Sizes;
}

/** All files of one name together: a build may well have several chunks called `index`. */
export interface NamedScript extends Sizes {
  readonly name: string;
  readonly files: number;
}

/** In the order of the names. */
export function byName(files: readonly ScriptFile[]): NamedScript[] {
  return [...Map.groupBy(files, ({ path }) => scriptName(path))]
    .map(([name, all]) => ({
      name,
      files: all.length,
      raw: sum(all, 'raw'),
      gzip: sum(all, 'gzip'),
      brotli: sum(all, 'brotli'),
    }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** What there is now, with what it was before, and then what is gone. */
export function growthParts(
  before: readonly (Sizes & { readonly name: string })[],
  after: readonly NamedScript[],
): GrowthPart[] {
  const former = new Map(before.map((one) => [one.name, one]));
  const names = new Set(after.map(({ name }) => name));
  return [
    ...after.map((one) => ({ name: one.name, before: sizesIn(former.get(one.name)), after: sizesIn(one) })),
    ...before
      .filter(({ name }) => !names.has(name))
      .map((one) => ({ name: one.name, before: sizesIn(one), after: null })),
  ];
}

function sum(files: readonly ScriptFile[], size: keyof Sizes): number {
  return files.reduce((total, { sizes }) => total + sizes[size], 0);
}

function sizesIn(script: Sizes | undefined): Sizes | null {
  return script === undefined ? null : { raw: script.raw, gzip: script.gzip, brotli: script.brotli };
}
