import { describe, expect, it } from 'vitest';
import { findTools } from './find-tools.ts';

const namesIn = (run: string | readonly [string, ...string[]]): readonly string[] =>
  findTools({ run, folder: '/nowhere' }, { PATH: '/nowhere' }).map(({ name }) => name);

describe('the tools of a command', () => {
  it.each([
    [['grep', '-q', 'a; b', 'file'], ['grep']],
    ['pytest tests/ -k "a && b" -v', ['pytest']],
    ['CI=1 pnpm lint | tee lint.log && echo done', ['pnpm', 'tee']],
    ['cd web; pnpm build || pnpm clean', ['pnpm']],
    ["git -C ../app checkout v1 && docker compose up --detach 'x | y'", ['git', 'docker']],
    ['"$TOOL" run', []],
  ] as const)('of %j are %j', (run, tools) => {
    expect(namesIn(run)).toEqual(tools);
  });

  it('are where the search path has them, or nowhere; node is the one that measures', () => {
    const tools = findTools({ run: 'sh -c true && node x.ts && no-such-tool', folder: '/' }, { PATH: '/bin:/usr/bin' });
    expect(tools).toEqual([
      { name: 'sh', path: expect.stringMatching(/\/sh$/) },
      { name: 'node', path: process.execPath },
      { name: 'no-such-tool', path: null },
    ]);
  });
});
