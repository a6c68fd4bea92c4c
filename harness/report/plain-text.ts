/** Foreign text made safe to show: no terminal commands, no invisible or reordering characters, no endless lines. */
import { stripVTControlCharacters } from 'node:util';

/** Longer than any sentence a person would read in a report; the evidence holds the whole text. */
const readableLength = 2000;

const controls = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F]+/g;
/** Zero-width and direction-changing characters make text read other than it is (CVE-2021-42574). */
const invisible = /[\u00AD\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB]/g;
const loneSurrogates = /\p{Surrogate}/gu;

/** The text without control sequences and invisible characters, cut when absurdly long. Line feeds stay. */
export function plainText(text: string, maxLength = readableLength): string {
  const start = text.length > 4 * maxLength ? text.slice(0, 4 * maxLength) : text;
  const clean = stripVTControlCharacters(start.replaceAll('\r\n', '\n'))
    .replace(controls, ' ')
    .replace(invisible, '')
    .replace(loneSurrogates, '\uFFFD');
  return clean.length > maxLength ? `${cut(clean, maxLength)}… (${text.length} characters)` : clean;
}

/** As `plainText`, all on one line. */
export function oneLine(text: string, maxLength = readableLength): string {
  return plainText(text, maxLength).replace(/\s+/g, ' ').trim();
}

/** Never between the two halves of a surrogate pair. */
function cut(text: string, length: number): string {
  return text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
}
