/** The pieces of configuration in the documents are accepted, each as a part of the shipped configuration. */
import { runInThisContext } from 'node:vm';
import { expect, it } from 'vitest';
import { parseRollout } from '../harness/config/load-config.ts';
import shipped from '../rampgate.config.ts';
import { blocksOf } from './documents.fixture.ts';

/** What the pieces refer to by name. */
const { artifacts } = shipped.targets['demo'] ?? {};
const surroundings = { artifacts, diffsAskedTwice: () => Promise.resolve([]) };

/** The shipped configuration, with a target that pieces add to. */
const production = { web: 'https://www.example.com', api: 'https://www.example.com/api/v1', artifacts };
const base = { ...shipped, targets: { ...shipped.targets, production } };

const pieces = blocksOf('ts')
  .filter(({ code }) => !code.startsWith('import '))
  .map(({ place, code }) => [place, code] as const);

it.each(pieces)('%s is accepted', (_place, code) => {
  // A piece is keys of the configuration, or one criterion.
  const piece = code.trimStart().startsWith('{') ? `{ criteria: [${code.trim()}] }` : `{ ${code} }`;
  const configuration = merged(base, valueOf(piece));
  expect(() => parseRollout(configuration, 'the example')).not.toThrow();
});

function valueOf(piece: string): unknown {
  const make: unknown = runInThisContext(`(({ ${Object.keys(surroundings).join(', ')} }) => (${piece}))`);
  if (typeof make !== 'function') throw new Error('a piece is an expression');
  return make(surroundings);
}

/** Objects key by key; of lists of what has an id, a later item takes the place of an earlier one. */
function merged(before: unknown, after: unknown): unknown {
  if (Array.isArray(before) && Array.isArray(after) && after.every(hasId)) {
    const ids = new Set(after.map(({ id }) => id));
    return [...before.filter((one) => !hasId(one) || !ids.has(one.id)), ...after];
  }
  if (!isObject(before) || !isObject(after)) return after;
  const keys = Object.keys(after).map((key) => [key, merged(before[key], after[key])] as const);
  return { ...before, ...Object.fromEntries(keys) };
}

function hasId(one: unknown): one is { readonly id: unknown } {
  return isObject(one) && 'id' in one;
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
