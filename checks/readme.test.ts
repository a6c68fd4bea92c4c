/** What the documents name is there: commands with their flags, npm scripts, links and paths. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../demo/command-line.ts';
import { documents, inlineCommands, shellLines, textOf, wordsOf } from './documents.fixture.ts';
import { run } from './run-command-line.ts';
import { projectRoot } from './run-gate.ts';

const commands = [...new Set([...shellLines(), ...inlineCommands()])];

describe('a command in the documents', () => {
  const { scripts }: { scripts: { [name: string]: string } } = JSON.parse(
    readFileSync(join(projectRoot, 'package.json'), 'utf8'),
  );

  it.each(commands.filter((command) => /^npm (run|test)\b/.test(command)))(
    '%s is a script of this project',
    (command) => {
      const name = command.startsWith('npm test') ? 'test' : command.split(' ')[2];
      expect(Object.keys(scripts)).toContain(name);
    },
  );

  /** What is handed to Rampgate, or to its demo. */
  const argumentsOf = (command: string): readonly string[] | null => {
    const [, words] = /^(?:(?:npx )?rampgate |npm run (?=gate)|node (?=demo\/))(.*)$/.exec(command) ?? [];
    return words === undefined ? null : wordsOf(words.replace(' -- ', ' '));
  };
  const all = commands.map(argumentsOf).filter((words) => words !== null);
  const isDemo = ([name]: readonly string[]) => name === 'demo' || name === 'demo/main.ts';

  it.each(all.filter((words) => !isDemo(words)))('rampgate %s … is accepted by the command line', async (...words) => {
    // Something unknown at the end is what is refused, unless something before it is refused first.
    const { exitCode, out, err } = await run(...words, '--no-such-flag');
    if (words.includes('--help')) expect(out).toMatch(/^Usage: rampgate /);
    else expect([exitCode, err]).toEqual([3, expect.stringContaining("unknown option '--no-such-flag'")]);
  });

  it.each(all.filter((words) => isDemo(words) && words[1] !== 'operate'))(
    '%s … is accepted by the demo',
    (...words) => {
      expect(() => parseCommandLine(words.slice(1))).not.toThrow();
    },
  );
});

const links = documents.flatMap((document) =>
  [...textOf(document).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, to = '']) => [document, to] as const),
);

it.each(links)('%s links to %s, which is there', (document, to) => {
  const [file = '', heading] = to.split('#');
  const path = file === '' ? document : join(dirname(document), file);
  expect(existsSync(join(projectRoot, path))).toBe(true);
  if (heading !== undefined) expect(headingsOf(path)).toContain(heading);
});

/** The headings of a document as GitHub links to them. */
function headingsOf(document: string): readonly string[] {
  return [...textOf(document).matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** Paths of this repository that stand in inline code. */
const paths = new Set(
  documents.flatMap((document) =>
    [...textOf(document).matchAll(/`((?:harness|rollout|demo|checks|setup|bench|scenarios|docs)\/[^`<*{ ]*)`/g)].map(
      ([, path = '']) => path,
    ),
  ),
);

it.each([...paths])('%s is there', (path) => {
  expect(existsSync(join(projectRoot, path))).toBe(true);
});

it('the README names every command', async () => {
  const { out } = await run('--help');
  const names = [...out.slice(out.indexOf('Commands:')).matchAll(/^ {2}([a-z]+) /gm)].map(([, name = '']) => name);
  expect(names).toContain('gate');
  const table = textOf('README.md').slice(textOf('README.md').indexOf('| command |'));
  expect(names.filter((name) => name !== 'help' && !table.includes(`\`${name}\``))).toEqual([]);
});

it('the index of the manual names every chapter, and no chapter is too long to read', () => {
  const index = textOf('docs/README.md');
  const chapters = documents.filter((document) => /^docs\/(?!README)[^/]*\.md$/.test(document));
  expect(chapters.filter((chapter) => !index.includes(`](${chapter.replace('docs/', '')})`))).toEqual([]);
  expect(chapters.filter((chapter) => textOf(chapter).split('\n').length > longestChapter)).toEqual([]);
  expect(textOf('README.md').split('\n').length).toBeLessThanOrEqual(longestReadme);
});

const longestChapter = 220;
const longestReadme = 180;
