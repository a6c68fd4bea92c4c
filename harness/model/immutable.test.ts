import { expectTypeOf, it } from 'vitest';
import type { Immutable } from './immutable.ts';
import type { Json } from './units.ts';

it('is read-only at every depth, lists and pairs too, and leaves JSON and what is unknown as it is', () => {
  type Inferred = {
    list: { name?: string }[];
    pair: [number, number | null];
    facts: Record<string, Json>;
    any: unknown;
  };
  expectTypeOf<Immutable<Inferred>>().toEqualTypeOf<{
    readonly list: readonly { readonly name?: string }[];
    readonly pair: readonly [number, number | null];
    readonly facts: { readonly [name: string]: Json };
    readonly any: unknown;
  }>();
});
