/** Prometheus's text format, version 0.0.4, and what of OpenMetrics 1.0 differs from it → samples. */

export interface ExposedSample {
  readonly name: string;
  readonly labels: { readonly [label: string]: string };
  /** Also NaN and the infinities. */
  readonly value: number;
  /** When it was taken, where the source says: milliseconds, or seconds in OpenMetrics. */
  readonly timestamp: number | null;
}

const LONGEST_QUOTE = 80;

/** `name{labels} value timestamp # {exemplar} …`; labels may hold any character within quotes. */
const sampleLine =
  /^([a-zA-Z_:][\w:]*)?\s*(?:\{((?:"(?:[^"\\]|\\.)*"|[^"}])*)\})?\s*([^\s#{}]+)(?:\s+(-?[\d.eE+-]+))?(?:\s+#\s.*)?$/;
/** A name that needs quotes stands within the braces, before the labels. */
const quotedName = /^\s*"((?:[^"\\]|\\.)*)"\s*(?:,|$)/;
const label = /\s*(?:([a-zA-Z_]\w*)|"((?:[^"\\]|\\.)*)")\s*=\s*"((?:[^"\\]|\\.)*)"\s*(?:,|$)/y;

/** All samples, in the order of the text. Throws, with the line, where one is none: half a text is not to be counted. */
export function parseExposition(text: string): readonly ExposedSample[] {
  return text.split('\n').flatMap((line, index) => {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) return [];
    const sample = parseSample(trimmed);
    if (sample === null) throw new Error(`line ${index + 1} is no sample: ${trimmed.slice(0, LONGEST_QUOTE)}`);
    return [sample];
  });
}

function parseSample(line: string): ExposedSample | null {
  const [, plainName, inBraces = '', number = '', time] = sampleLine.exec(line) ?? [];
  const [whole = '', inQuotes] = plainName === undefined ? (quotedName.exec(inBraces) ?? []) : [];
  const name = plainName ?? (inQuotes === undefined ? undefined : unescaped(inQuotes));
  const labels = parseLabels(inBraces.slice(whole.length));
  const value = parseValue(number);
  const timestamp = time === undefined ? null : Number(time);
  if (name === undefined || labels === null || value === null || Number.isNaN(timestamp)) return null;
  return { name, labels, value, timestamp };
}

function parseLabels(text: string): ExposedSample['labels'] | null {
  const labels: { [label: string]: string } = {};
  label.lastIndex = 0;
  for (let at = 0; text.slice(at).trim() !== ''; at = label.lastIndex) {
    label.lastIndex = at;
    const [, plain, inQuotes = '', value = ''] = label.exec(text) ?? [];
    if (label.lastIndex === 0) return null;
    labels[plain ?? unescaped(inQuotes)] = unescaped(value);
  }
  return labels;
}

function parseValue(text: string): number | null {
  if (/^[+-]?inf(?:inity)?$/i.test(text))
    return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (/^nan$/i.test(text)) return Number.NaN;
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : null;
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter));
}
