import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHome } from './home.ts';
import { diffPaths, openTestApi, type TestApi } from './test-api.fixture.ts';
import { hashTree } from './tree.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

describe('the seeded home', () => {
  it('is the same on every start', () => {
    const other = createHome();
    const trees = (home: string) => [hashTree(join(home, 'sources')), hashTree(join(home, 'collections'))];
    expect(trees(other.path)).toEqual(trees(api.home));
    other.remove();
  });

  it('holds an artifact with six deployments, and a large one', async () => {
    const [small, playbook, mega] = await api.artifacts();
    expect(small?.id).toBe('skill:pocket-notes');
    expect(playbook?.deployments).toHaveLength(6);
    expect(playbook?.deployments[0]?.project_path).toBe(api.project('atlas-web'));
    expect(mega?.id).toBe('skill:mega-migration');
  });
});

describe.each(['skill:pocket-notes', 'skill:team-playbook', 'skill:mega-migration'])('the diffs of %s', (id) => {
  const project = { 'skill:pocket-notes': 'field-notes', 'skill:team-playbook': 'atlas-web' }[id] ?? 'data-pipeline';

  it('list the same files in every scope, with other stats', async () => {
    const summaries = await Promise.all(diffPaths(api, id, project).map((path) => api.summary(path)));
    const [first, ...others] = summaries.map(({ files }) => files.map((file) => file.file_path));
    for (const other of others) expect(other).toEqual(first);
    const totals = summaries.map(({ files }) => files.reduce((sum, file) => sum + (file.additions ?? 0), 0));
    expect(new Set(totals).size).toBe(3);
  });

  it('count in summary mode what full mode shows', async () => {
    for (const path of diffPaths(api, id, project)) {
      const [full, summary] = [await api.full(path), await api.summary(path)];
      expect(summary.summary).toEqual(full.summary);
      expect(summary.has_changes).toBe(full.has_changes);
      for (const [index, { unified_diff: text, ...file }] of full.files.entries()) {
        const lines = text?.split('\n').slice(2);
        expect(summary.files[index]).toEqual({
          ...file,
          additions: lines?.filter((line) => line.startsWith('+')).length ?? null,
          deletions: lines?.filter((line) => line.startsWith('-')).length ?? null,
          unified_diff_bytes: text && Buffer.byteLength(text),
          unified_diff_lines: text && text.split('\n').length - 1,
        });
      }
    }
  });
});

describe('a diff', () => {
  it('is large enough for the guards: 64 modified files, one of them very large in every scope', async () => {
    for (const path of diffPaths(api, 'skill:mega-migration', 'data-pipeline')) {
      const { summary, files } = await api.summary(path);
      expect(summary.modified).toBe(64);
      const history = files.find(({ file_path }) => file_path === 'appendix/full-history.md');
      expect(history?.unified_diff_bytes).toBeGreaterThan(50 * 1024);
    }
  });

  it('is full unless something else is asked for, and only modified files carry a text', async () => {
    const [path] = diffPaths(api, 'skill:team-playbook', 'atlas-web');
    const { files } = await api.full(path);
    expect(await api.full(`${path}&mode=full`)).toMatchObject({ files });
    for (const file of files) expect(file.unified_diff !== null).toBe(file.status === 'modified');
    expect(Object.keys(files[0] ?? {}).sort()).toEqual(
      ['collection_hash', 'file_path', 'project_hash', 'status', 'unified_diff'].sort(),
    );
  });

  it('can be of some files only', async () => {
    const [path] = diffPaths(api, 'skill:team-playbook', 'atlas-web');
    const whole = await api.full(path);
    const part = await api.full(`${path}&file_paths=plays/review.md,missing.md`);
    expect(part.files).toEqual(whole.files.filter(({ file_path }) => file_path === 'plays/review.md'));
    expect(part.summary).toEqual({ added: 0, modified: 1, deleted: 0, unchanged: 0 });
  });

  it('is read from the files on disk', async () => {
    const [path] = diffPaths(api, 'skill:pocket-notes', 'field-notes');
    const file = join(api.project('field-notes'), '.claude/skills/pocket-notes/SKILL.md');
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, `${before}one more line\n`);
    api.passTime(30_001);
    const { files } = await api.full(path);
    expect(files.find(({ file_path }) => file_path === 'SKILL.md')?.unified_diff).toContain('+one more line');
    writeFileSync(file, before);
    api.passTime(30_001);
  });

  it.each([
    ['/artifacts/skill:team-playbook/diff', 422],
    ['/artifacts/skill:team-playbook/diff?project_path=/nowhere', 400],
    ['/artifacts/nonsense/upstream-diff', 400],
    ['/artifacts/skill:unknown/upstream-diff', 404],
    ['/artifacts/command:changelog-writer/upstream-diff', 400],
    ['/artifacts/skill:team-playbook/upstream-diff?mode=brief', 422],
    ['/artifacts/skill:team-playbook/upstream-diff?collection=none', 404],
    ['/artifacts/skill:team-playbook/upstream-diff?nobody_knows=this', 200],
  ])('asked for as %s is answered %i', async (path, status) => {
    const answer = await api.get(path);
    expect(answer.statusCode).toBe(status);
    if (status !== 200) expect(answer.json()).toHaveProperty('detail');
  });

  it('of an artifact that is not deployed to the project is not found', async () => {
    const [path] = diffPaths(api, 'skill:mega-migration', 'atlas-web');
    expect((await api.get(path)).statusCode).toBe(404);
  });
});
