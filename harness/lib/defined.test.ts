import { describe, expect, expectTypeOf, it } from 'vitest';
import { defined } from './defined.ts';

describe('defined', () => {
  it('leaves out what is undefined, keeps null and the order', () => {
    const unset = undefined as string | undefined;
    expect(JSON.stringify(defined({ b: 1, a: unset, c: null }))).toBe('{"b":1,"c":null}');
    expect('a' in defined({ a: unset })).toBe(false);
  });

  it('has the fields that may be undefined as optional ones', () => {
    const fields = defined({ always: 1 as number, perhaps: 'x' as string | undefined });
    expectTypeOf(fields).toExtend<{ always: number; perhaps?: string }>();
  });
});
