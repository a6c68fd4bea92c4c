/** Text of somebody else's, fit to be quoted in evidence: readable, short, and without secrets before it is cut. */
import { redactorFor } from '../lib/redact.ts';

const LONGEST_QUOTE = 300;

const redactor = redactorFor(process.env);

/** Without control characters and secrets, on one line, cut to a readable length. */
export function quoted(text: string): string {
  return readable(text, LONGEST_QUOTE);
}

/** The same, cut to another length in characters. */
export function readable(text: string, longest: number): string {
  // Cut a little later than is quoted, so that a secret at the edge is seen as one.
  const plain = redactor.text(text.slice(0, 4 * longest)).replace(/[\x00-\x1f\x7f-\x9f\ufffd]+/g, ' ');
  return plain.length > longest ? `${plain.slice(0, longest)}…` : plain;
}
