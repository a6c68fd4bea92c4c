/** What the documents of this project tell people to type and to write. `docs/decisions.md` is a dated log and tells nothing. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './run-gate.ts';

export const documents: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  'demo/README.md',
  'reports/README.md',
  'docs/ci/README.md',
  ...readdirSync(join(projectRoot, 'docs'))
    .filter((name) => name.endsWith('.md') && name !== 'decisions.md')
    .map((name) => `docs/${name}`),
];

export interface Block {
  readonly document: string;
  /** Where the block begins, for messages: `docs/watch.md:12`. */
  readonly place: string;
  readonly code: string;
}

/** The fenced code blocks of a language. */
export function blocksOf(language: 'sh' | 'ts'): readonly Block[] {
  return documents.flatMap((document) => {
    const text = textOf(document);
    const fence = new RegExp(`^ *\`\`\`${language}\\n([\\s\\S]*?)^ *\`\`\``, 'gm');
    return [...text.matchAll(fence)].map(({ 1: code = '', index }) => {
      return { document, place: `${document}:${text.slice(0, index).split('\n').length}`, code };
    });
  });
}

/** Every line of a shell block once, without its comment. */
export function shellLines(): readonly string[] {
  return unique(blocksOf('sh').flatMap(({ code }) => code.split('\n').map(withoutComment)));
}

/** Every command in the running text once: code that begins with npm, npx or rampgate. */
export function inlineCommands(): readonly string[] {
  const texts = documents.map(textOf);
  return unique(
    texts.flatMap((text) => [...text.matchAll(/`((?:npm|npx|rampgate) [^`\n]+)`/g)].map(([, code = '']) => code)),
  );
}

/** The words of a command line; quotes hold words together. */
export function wordsOf(command: string): readonly string[] {
  return (command.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ''));
}

export function textOf(document: string): string {
  return readFileSync(join(projectRoot, document), 'utf8');
}

function withoutComment(line: string): string {
  return line.replace(/\s+#.*$/, '').trim();
}

function unique(lines: readonly string[]): readonly string[] {
  return [...new Set(lines)].filter((line) => line !== '');
}
