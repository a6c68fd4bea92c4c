/** A name that somebody typed, held against those there are. */
import { mistakes } from './mistakes.ts';
import { suggestionFor } from './suggestion.ts';

/** Throws an OperatorMistake, with a suggestion, for a name that is not among them. */
export function knownName(what: string, name: string, names: readonly string[]): string {
  if (names.includes(name)) return name;
  throw mistakes.unknownName(what, name, { known: names, suggestion: suggestionFor(name, names) });
}

/** What is wrong with a name that is none of those that there are. */
export function unknownName(path: string, name: string, names: readonly string[]): string[] {
  if (names.includes(name)) return [];
  const suggestion = suggestionFor(name, names);
  return [`${path}: there is no "${name}"${suggestion === null ? '' : `; did you mean "${suggestion}"?`}`];
}
