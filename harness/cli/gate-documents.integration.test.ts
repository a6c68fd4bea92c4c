/** What a gate leaves beside its evidence: gates of one thing only, which is quick to find out. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { validate } from 'ctrf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommandResult } from '../../checks/run-command-line.ts';
import { temporaryFolders } from '../../setup/temporary-folders.ts';
import { realShell, type Shell } from '../lib/shell.ts';
import { main } from './main.ts';

const newFolder = temporaryFolders();

let server: Server;
let address = '';
beforeAll(async () => {
  server = createServer((_request, response) => response.end('here'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = server.address();
  address = `http://127.0.0.1:${typeof at === 'object' && at !== null ? at.port : 0}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

async function gateOf(actual: 'good' | 'bad', reports: string, env: Shell['env'] = {}): Promise<CommandResult> {
  writeFileSync(
    join(reports, 'it.config.mjs'),
    `export default {
      name: 'one-thing', successCriteria: { S1: 'It is true' }, defaultTarget: 'it',
      targets: { it: { web: '${address}', api: '${address}', release: 'r1', artifacts: {} } },
      profiles: { 'pre-ramp': {} }, scenarios: {}, load: {},
      checks: { it: async ({ check }) => check('it.is', { name: 'it', expected: 'good', actual: process.env.IT, how: 'said' }) },
      criteria: [{ id: 'it.is', title: 'It is', scope: 'backend', from: 'checks:it', statistic: 'all', limit: '<= 0',
        minSamples: 1, rationale: 'r', advice: 'ask "planted" at noon', checklist: ['S1'] }],
      rollback: { steps: [] },
    };\n`,
  );
  process.env['IT'] = actual;
  let [out, err] = ['', ''];
  const shell: Shell = {
    ...realShell(),
    env,
    cwd: reports,
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    terminal: { interactive: false, colour: false, width: 80 },
  };
  const exitCode = await main(['gate', '--out', 'reports', '--config', 'it.config.mjs'], shell);
  return { exitCode, out, err };
}

const documentOf = (folder: string, name: string) => readFileSync(join(folder, 'reports', 'latest', name), 'utf8');

describe('the documents of a gate', () => {
  it('tell CI of every verdict, and the page of what changed since the last go', async () => {
    const folder = newFolder();
    expect((await gateOf('bad', folder)).exitCode).toBe(1);
    expect(documentOf(folder, 'junit.xml')).toMatch(/<testsuites [^>]*failures="1"/);
    expect(validate(JSON.parse(documentOf(folder, 'ctrf.json'))).valid).toBe(true);
    expect(JSON.parse(documentOf(folder, 'last-go.json'))).toMatchObject({ status: 'none' });
    expect(documentOf(folder, 'gate.html')).toContain('no earlier run of this kind was a go');

    expect((await gateOf('good', folder)).exitCode).toBe(0);
    const { id } = JSON.parse(documentOf(folder, 'gate.json')).run;
    expect((await gateOf('bad', folder)).exitCode).toBe(1);
    expect(JSON.parse(documentOf(folder, 'last-go.json'))).toMatchObject({ status: 'known', run: { id } });
    expect(documentOf(folder, 'gate.html')).toContain('passed then');

    // What the configuration's hash is the hash of is kept with the run, and goes into its bundle.
    const { configHash } = JSON.parse(documentOf(folder, 'gate.json')).run;
    const config = createHash('sha256').update(documentOf(folder, 'config.json')).digest('hex');
    expect(configHash).toBe(`sha256:${config}`);
  });

  it('hold no secret of the configuration, in whatever characters JSON writes it', async () => {
    const folder = newFolder();
    await gateOf('good', folder, { IT_TOKEN: '"planted" at' });
    expect(documentOf(folder, 'config.json')).toContain('ask [redacted] noon');
    for (const name of ['config.json', 'policy.json', 'gate.json', 'junit.xml', 'gate.html']) {
      expect(documentOf(folder, name)).not.toContain('planted');
    }
  });

  it('are told to GitHub in its own step, and nowhere else', async () => {
    const folder = newFolder();
    const summary = join(folder, 'summary.md');
    const inActions = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary };
    const { out, err } = await gateOf('bad', folder, inActions);
    expect(err).toMatch(/^::error title=it\.is%3A fail::It is: /m);
    expect(out).not.toContain('::error');
    expect(readFileSync(summary, 'utf8')).toContain('## ❌ No-go');
    expect((await gateOf('bad', folder)).err).not.toContain('::error');
  });
});
