/** Writing Markdown: foreign text stays text. */
import { oneLine } from './plain-text.ts';

/** Long texts are cut here, since GitHub refuses comments over 65,536 characters; the JSON has them whole. */
const longestText = 400;

/** A row of a table; its cells are Markdown already. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Text as text: no markup, no links, no mentions or issue references (the zero-width space stops both). */
export function escaped(text: string): string {
  return oneLine(text, longestText)
    .replace(/[\\`*_{}[\]|~]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('://', '&#58;//')
    .replace(/[@#](?=\w)/g, '$&\u200B');
}

/** An inline code span; its own backticks would end it, and a pipe would end the cell. */
export function code(text: string): string {
  return `\`${oneLine(text, longestText).replaceAll('`', "'").replaceAll('|', '¦')}\``;
}
