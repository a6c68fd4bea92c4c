/** Words that all sentences of judgement share. */

/** Why a part is inconclusive, and what would decide it. */
export interface Explanation {
  readonly message: string;
  readonly needs: string;
}

const fewest = 3;
const longestQuote = 160;

/** The first few of a list, each cut to a readable length, and how many more there are. */
export function fewOf(texts: readonly string[]): string {
  const shown = texts.slice(0, fewest).map(excerptOf).join('; ');
  return texts.length > fewest ? `${shown}; and ${texts.length - fewest} more` : shown;
}

function excerptOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim().replace(/\.$/, '');
  return line.length > longestQuote ? `${line.slice(0, longestQuote).trimEnd()} …` : line;
}

/** `1 sample`, `30 samples`. */
export function countOf(count: number, things: string): string {
  return `${count} ${count === 1 ? oneOf(things) : things}`;
}

export function moreOf(count: number, things: string): string {
  return `${count} more ${count === 1 ? oneOf(things) : things}`;
}

/** For plurals that only add an s, which those of the evidence do. */
function oneOf(things: string): string {
  return things.replace(/s$/, '');
}
