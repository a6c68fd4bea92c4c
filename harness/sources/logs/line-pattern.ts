/** A pattern to count, matched in time linear in the length of a line whatever the pattern: logs are written by strangers. */
import { RE2JS } from 're2js';
import { requiredLiterals } from './required-literals.ts';

export interface LinePattern {
  readonly name: string;
  readonly matches: (line: string) => boolean;
  /** Where the next line that may match is, from `from` on in a text of many lines; -1 where none is. */
  readonly next: (text: string, from: number) => number;
  readonly ignoreCase: boolean;
}

/** Throws RE2's own error for what cannot run in linear time. */
export function linePattern(name: string, pattern: string): LinePattern {
  const regex = RE2JS.compile(pattern);
  const literals = requiredLiterals(pattern);
  return {
    name,
    matches: (line) => regex.test(line),
    next: literals === null ? (_, from) => from : nextOf(literals.anyOf),
    ignoreCase: literals?.ignoreCase ?? false,
  };
}

/** Looks for each literal once through a text: what was found ahead is kept until it is passed. */
function nextOf(anyOf: readonly string[]): LinePattern['next'] {
  let known: { readonly text: string; readonly at: number[] } = { text: '', at: [] };
  return (text, from) => {
    if (known.text !== text) known = { text, at: anyOf.map(() => -2) };
    const { at } = known;
    let nearest = -1;
    for (const [index, literal] of anyOf.entries()) {
      const seen = at[index] ?? -2;
      const found = seen === -1 || seen >= from ? seen : text.indexOf(literal, from);
      at[index] = found;
      if (found !== -1 && (nearest === -1 || found < nearest)) nearest = found;
    }
    return nearest;
  };
}
