/** A name that somebody typed, held against those there are. */
import { mistakes } from '../lib/mistakes.ts';
import { suggestionFor } from './suggestion.ts';

/** Throws an OperatorMistake, with a suggestion, for a name that is not among them. */
export function knownName(what: string, name: string, names: readonly string[]): string {
  if (names.includes(name)) return name;
  throw mistakes.unknownName(what, name, { known: names, suggestion: suggestionFor(name, names) });
}
