import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { reasonCodeSchema } from '../model/finding.ts';

const here = new URL('./', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, here), 'utf8');

describe('reason codes', () => {
  const codes = reasonCodeSchema.options;

  it('are documented in docs/reasons.md, all of them and no others, in the order of the model', () => {
    const documented = [...read('../../docs/reasons.md').matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code);
    expect(documented).toEqual(codes);
  });

  it('are all given by judgement, and none in the files of the wording', () => {
    const files = readdirSync(here).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
    const isWording = (name: string): boolean => name.endsWith('-messages.ts');
    const sourceOf = (names: readonly string[]): string => names.map(read).join('\n');
    const wording = sourceOf(files.filter(isWording));
    const source = sourceOf(files.filter((name) => !isWording(name)));
    expect(wording).not.toBe('');
    expect(codes.filter((code) => !source.includes(`'${code}'`))).toEqual([]);
    expect(codes.filter((code) => wording.includes(`'${code}'`))).toEqual([]);
  });
});
