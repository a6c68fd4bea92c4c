/** A line of somebody's log, fit to be quoted in evidence: readable, short and without secrets. The one place for this. */

const LONGEST_QUOTE = 300;

const secretName =
  '[\\w-]*(?:password|passwd|secret|token|api[_-]?key|authorization|cookie|session[_-]?id|credential)[\\w-]*';
const secrets: readonly (readonly [RegExp, string])[] = [
  [/\b(bearer|basic|digest)\s+[\w.~+/=-]{4,}/gi, '$1 …'],
  [/\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/g, '…'],
  [new RegExp(`(\\\\?["']${secretName}\\\\?["']\\s*:\\s*\\\\?["'])[^"'\\\\]*`, 'gi'), '$1…'],
  [new RegExp(`(\\b${secretName}\\s*[=:]\\s*)(?!["'\\\\]|bearer |basic |digest )[^\\s,;&"'}]+`, 'gi'), '$1…'],
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@:]+(?::[^\s/@]*)?@/gi, '$1…@'],
];

/** The line without control characters and secrets, cut to a readable length. */
export function quoted(line: string): string {
  // Cut a little later than is quoted, so that a secret at the edge is seen as one.
  let text = line.slice(0, 4 * LONGEST_QUOTE).replace(/[\x00-\x1f\x7f-\x9f\ufffd]+/g, ' ');
  for (const [secret, instead] of secrets) text = text.replace(secret, instead);
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}
