import { describe, expect, it } from 'vitest';
import { evidenceName, sourceOf, sources } from './registry.ts';

describe('the registry of sources', () => {
  it('tells sources apart by the first word of their evidence', () => {
    const kinds = sources.map(({ kind }) => kind);
    expect(new Set(kinds).size).toBe(kinds.length);
    // A dash would make the evidence of one look like that of another.
    expect(kinds.filter((kind) => !/^[a-z]+$/.test(kind))).toEqual([]);
  });

  it.each(sources.map(({ kind, from }) => [kind, from] as const))('finds %s by how criteria name it', (kind, from) => {
    for (const form of from) expect(sourceOf(evidenceName(form))?.kind).toBe(kind);
  });

  it('knows no source of what none brings', () => {
    expect(sourceOf('machine')).toBeUndefined();
    expect(sourceOf('loader-x')).toBeUndefined();
  });
});
