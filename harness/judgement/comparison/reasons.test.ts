import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { comparedReasonSchema } from '../../model/comparison.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

it('documents the reasons of a comparison, all of them and no others, in the order of the model', () => {
  const documented = [...read('../../../docs/comparing.md').matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code);
  expect(documented).toEqual(comparedReasonSchema.options);
});
