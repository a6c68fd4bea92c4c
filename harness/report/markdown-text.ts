/** Foreign text in GitHub-flavoured Markdown: text stays text, and mentions nobody. */
import { oneLine, plainText } from './plain-text.ts';

/** Long texts are cut here, since GitHub refuses comments over 65,536 characters; `gate.json` has them whole. */
const longestText = 400;

/** A row of a table; its cells are Markdown already. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Text as text: no markup, no links, no mentions or issue references (the zero-width space stops both). */
export function escaped(text: string): string {
  return (
    oneLine(text, longestText)
      // Before there are entities, which have a # of their own.
      .replace(/[@#](?=\w)/g, '$&\u200B')
      .replace(/[\\`*_{}[\]|~]/g, '\\$&')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('://', '&#58;//')
  );
}

/** An inline code span; its own backticks would end it, and a pipe would end the cell. */
export function code(text: string): string {
  return `\`${oneLine(text, longestText).replaceAll('`', "'").replaceAll('|', '¦')}\``;
}

/** A fence longer than any run of backticks in the command. */
export function fenced(command: string, language = 'sh'): string {
  const runs = command.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
  return `${fence}${language}\n${plainText(command)}\n${fence}`;
}

/** A link to a file of the run; a path that leads anywhere else is shown and not followed. */
export function linkTo(text: string, path: string): string {
  const isOwn = /^[\w.-]+(?:\/[\w.-]+)*$/.test(path) && !path.split('/').includes('..');
  return isOwn ? `[${escaped(text)}](${path})` : `${escaped(text)} (${code(path)})`;
}
