/** The commands that the documents tell people to type exist, with the flags they are given. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documents } from './documents.fixture.ts';

const root = join(import.meta.dirname, '..');
const { scripts }: { scripts: { [name: string]: string } } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
);

/** What stands in `sh` blocks and in inline code, one command a row, without its comment. */
const commands = documents.flatMap((document) => {
  const text = readFileSync(join(root, document), 'utf8');
  const blocks = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) => block.split('\n'));
  const inline = [...text.matchAll(/`((?:npm|npx) [^`\n]+)`/g)].map(([, code = '']) => code);
  return [...blocks, ...inline].map((line) => line.replace(/\s+#.*$/, '').trim()).filter((line) => line !== '');
});

describe('the documents', () => {
  it('name commands at all', () => {
    expect(commands).toContain('npm run gate');
    expect(commands).toContain('npm test');
  });

  it.each(commands.filter((command) => /^npm (run|test)\b/.test(command)))(
    '%s is a script of this project',
    (command) => {
      const name = command.startsWith('npm test') ? 'test' : command.split(' ')[2];
      expect(Object.keys(scripts)).toContain(name);
    },
  );

  const rampgate = commands.flatMap((command) => {
    const [, words] = /^(?:npx rampgate|npm run (?=gate|demo))(.*)$/.exec(command) ?? [];
    return words === undefined ? [] : [words.replace(' -- ', ' ').trim().split(/\s+/)];
  });

  it.each(rampgate)('rampgate %s … has the flags that it is given', (...words) => {
    const [name = '', part = ''] = words;
    const help = helpOf(withParts.has(name) ? `${name} ${part}` : name);
    for (const flag of words.filter((word) => word.startsWith('--'))) expect(help).toContain(flag);
  });
});

/** Links to files, without what is behind a #. */
const links = documents.flatMap((document) =>
  [...readFileSync(join(root, document), 'utf8').matchAll(/\]\((?!https?:)([^)#\s]+)/g)].map(
    ([, to = '']) => [document, to] as const,
  ),
);

it.each(links)('%s links to %s, which is there', (document, to) => {
  expect(existsSync(join(root, dirname(document), to))).toBe(true);
});

/** Paths of this repository that stand in inline code. */
const paths = new Set(
  documents.flatMap((document) =>
    [
      ...readFileSync(join(root, document), 'utf8').matchAll(
        /`((?:harness|rollout|demo|checks|setup|bench|scenarios|docs)\/[^`<*{ ]*)`/g,
      ),
    ].map(([, path = '']) => path),
  ),
);

it.each([...paths])('%s is there', (path) => {
  expect(existsSync(join(root, path))).toBe(true);
});

/** Commands that are made of several, each with flags of its own. */
const withParts = new Set(['baseline', 'store']);

const helps = new Map<string, string>();

function helpOf(command: string): string {
  const known =
    helps.get(command) ??
    execFileSync(process.execPath, ['harness/cli.ts', ...command.split(' '), '--help'], {
      cwd: root,
      encoding: 'utf8',
    });
  helps.set(command, known);
  return known;
}
