/** What the documents name is there: commands with their flags, npm scripts, links and paths. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documents, inlineCommands, shellLines, textOf } from './documents.ts';
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

  const argumentsOf = (command: string): readonly string[] | null => {
    const [, words] = /^(?:(?:npx )?rampgate |npm run (?=gate|demo))(.*)$/.exec(command) ?? [];
    return words?.replace(' -- ', ' ').trim().split(/\s+/) ?? null;
  };
  const rampgate = commands.map(argumentsOf).filter((words) => words !== null);

  it.each(rampgate.filter(([name]) => name !== 'demo'))(
    'rampgate %s … is accepted by the command line',
    async (...words) => {
      // A flag that there is not, at the end: it is what is refused, unless something before it is refused first.
      const { exitCode, out, err } = await run(...words, '--no-such-flag');
      if (words.includes('--help')) expect(out).toContain(`Usage: rampgate ${words[0]}`);
      else
        expect({ exitCode, err }).toEqual({
          exitCode: 3,
          err: expect.stringContaining("unknown option '--no-such-flag'"),
        });
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

it('the index of the manual names every chapter, and no chapter is too long to read', () => {
  const index = textOf('docs/README.md');
  const chapters = documents.filter((document) => /^docs\/(?!README)[^/]*\.md$/.test(document));
  expect(chapters.filter((chapter) => !index.includes(`](${chapter.replace('docs/', '')})`))).toEqual([]);
  expect(chapters.filter((chapter) => textOf(chapter).split('\n').length > longestChapter)).toEqual([]);
  expect(textOf('README.md').split('\n').length).toBeLessThanOrEqual(longestReadme);
});

const longestChapter = 220;
const longestReadme = 180;
