/** Text of somebody else's, fit to be quoted in evidence: readable, short, and without secrets before it is cut. */
import { redactorFor } from '../redact.ts';

const LONGEST_QUOTE = 300;

const redactor = redactorFor(process.env);

/** Without control characters and secrets, on one line, cut to a readable length. */
export function quoted(text: string): string {
  // Cut a little later than is quoted, so that a secret at the edge is seen as one.
  const plain = redactor.text(text.slice(0, 4 * LONGEST_QUOTE)).replace(/[\x00-\x1f\x7f-\x9f\ufffd]+/g, ' ');
  return plain.length > LONGEST_QUOTE ? `${plain.slice(0, LONGEST_QUOTE)}…` : plain;
}
