/** What every match of a regular expression contains: looking for it first spares most lines the expression itself. */

export interface RequiredLiterals {
  /** Every match contains at least one of these; ASCII, in lower case where case does not matter. */
  readonly anyOf: readonly string[];
  readonly ignoreCase: boolean;
}

/** A shorter one is in too many lines to be worth looking for. */
const SHORTEST = 3;

/**
 * The literals of a pattern in RE2's syntax: the longest of each alternative. Null where it is not obvious that every match
 * has one, which costs time and nothing else.
 */
export function requiredLiterals(pattern: string): RequiredLiterals | null {
  const ignoreCase = pattern.startsWith('(?i)');
  const body = ignoreCase ? pattern.slice(4) : pattern;
  // After an escaped backslash, a bar is one that divides.
  if (body.includes('\\\\')) return null;
  // Groups, classes and escapes of letters may mean anything here.
  const anyOf: string[] = [];
  for (const alternative of body.split(/(?<!\\)\|/)) {
    if (/[()[\]{}]|\\[A-Za-z0-9]/.test(alternative)) return null;
    const longest = literalsOf(alternative, ignoreCase)
      .toSorted((a, b) => b.length - a.length)
      .at(0);
    if (longest === undefined || longest.length < SHORTEST) return null;
    anyOf.push(longest);
  }
  return { anyOf, ignoreCase };
}

/** Runs of plain characters; one that `?`, `*` or `+` follows is not part of a run. */
function literalsOf(alternative: string, ignoreCase: boolean): string[] {
  const runs = [''];
  const tokens = [...alternative.matchAll(/(\\.|[^\\])([?*+]*)/gs)];
  for (const [, character = '', repeated = ''] of tokens) {
    const plain = character.length === 2 ? character.slice(1) : /[.^$]/.test(character) ? '' : character;
    if (plain === '' || repeated !== '' || !isSame(plain, ignoreCase)) runs.push('');
    else runs.push((runs.pop() ?? '') + plain);
  }
  return runs.map((run) => (ignoreCase ? run.toLowerCase() : run));
}

/** Beyond ASCII bytes are not characters; and without case, k and s have relatives there (the Kelvin sign, the long s). */
function isSame(character: string, ignoreCase: boolean): boolean {
  return /^[\x20-\x7e]$/.test(character) && !(ignoreCase && /[ks]/i.test(character));
}
