import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'rampgate-compiled-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a process hands to its tools once it keeps what is compiled, and what any other process gets that it starts. */
function handedOn(env: { readonly [name: string]: string }): { readonly tools: object; readonly others: string } {
  const script = `
    import { spawnSync } from 'node:child_process';
    import { compiledEnv, keepCompiled } from ${JSON.stringify(join(import.meta.dirname, 'compile-cache.ts'))};
    keepCompiled(process.env);
    const others = spawnSync(process.execPath, ['-p', 'process.env.NODE_COMPILE_CACHE ?? "nothing"'], { encoding: 'utf8' });
    console.log(JSON.stringify({ tools: compiledEnv(), others: others.stdout.trim() }));
  `;
  // What a runner of tests sets is not handed down: one that takes coverage switches the cache off.
  const { PATH = '' } = process.env;
  const ran = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    env: { PATH, RAMPGATE_CACHE: folder, ...env },
  });
  return JSON.parse(ran.stdout) as ReturnType<typeof handedOn>;
}

it('keeps what is compiled for the tools that are handed it, and leaves a target as it starts anywhere', () => {
  const { tools, others } = handedOn({});
  expect(tools).toEqual({ NODE_COMPILE_CACHE: expect.stringContaining(join(folder, 'compiled')) });
  expect(others).toBe('nothing');
  expect(readdirSync(join(folder, 'compiled'))).toHaveLength(1);
});

it('keeps nothing where that is switched off', () => {
  expect(handedOn({ NODE_DISABLE_COMPILE_CACHE: '1' })).toEqual({ tools: {}, others: 'nothing' });
});
