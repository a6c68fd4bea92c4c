import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

it('documents the reasons of a comparison, all of them and no others, in the order of the model', () => {
  const [, union] = /export type ComparedReason =([^;]+);/.exec(read('../../model/comparison.ts')) ?? [];
  const codes = [...(union ?? '').matchAll(/\| '([a-z-]+)'/g)].map(([, code]) => code);
  const documented = [...read('../../../docs/comparing.md').matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code);
  expect(codes).not.toEqual([]);
  expect(documented).toEqual(codes);
});
