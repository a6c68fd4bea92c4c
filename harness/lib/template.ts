/** Fills the placeholders of rollback texts: `{name}` stands for a value. */

export interface Values {
  readonly [name: string]: string | null;
}

/** What a run fills in by itself: the target's addresses, release and name; `origin` is its API's. */
export const filledByRun = ['web', 'api', 'origin', 'release', 'target'] as const;

/** `{name}`, but neither the shell's `${name}` nor anything with more in it than a name. */
const placeholder = /(?<!\$)\{([A-Za-z]\w*)\}/g;

/** The names that a text asks for, each once, in their order. */
export function namesIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(placeholder)].map(([, name = '']) => name))];
}

/** The names that a text asks for and nobody has said. */
export function missingIn(text: string, values: Values): readonly string[] {
  return namesIn(text).filter((name) => (values[name] ?? null) === null);
}

/** A line for a shell, each value in it as one word. What nobody has said stays as it is. */
export function fillCommand(text: string, values: Values): string {
  return filled(text, values, asOneWord);
}

/** An address, each value in it as one part, except those that are addresses themselves. */
export function fillAddress(text: string, values: Values): string {
  return filled(text, values, (value) => (/^https?:\/\//.test(value) ? value : encodeURIComponent(value)));
}

/** Anything that people read. */
export function fillText(text: string, values: Values): string {
  return filled(text, values, (value) => value);
}

function filled(text: string, values: Values, spelled: (value: string) => string): string {
  return text.replaceAll(placeholder, (whole, name: string) => {
    const value = values[name] ?? null;
    return value === null ? whole : spelled(value);
  });
}

/** Quoted only where it must be: people read and copy it. */
function asOneWord(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
