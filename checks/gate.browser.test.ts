/** The gate as a person starts it: what it writes and prints. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { harSchema } from './har-schema.ts';
import { run } from './run-command-line.ts';
import { removeReports, startGate } from './run-gate.ts';

afterAll(removeReports);

describe('rampgate gate', () => {
  it('writes a report that holds together', async () => {
    const args = ['--config', 'checks/traced.config.ts', '--only', 'modal-reopen.duplicate-requests'];
    const { folder, report, stdout, exitCode } = await startGate(...args).finished;
    expect(exitCode).toBe(0);
    expect(report?.verdict).toBe('go');
    expect(report?.run.environment.browser).toMatch(/^Chromium \d+/);
    const written = readdirSync(folder ?? '');
    for (const name of [
      'gate.json',
      'gate.md',
      'gate.html',
      'gate.schema.json',
      'policy.json',
      'evidence',
      'playwright',
    ])
      expect(written).toContain(name);
    for (const { path } of report?.documents ?? []) expect(existsSync(join(folder ?? '', path)), path).toBe(true);
    const page = readFileSync(join(folder ?? '', 'gate.html'), 'utf8');
    const har = report?.documents.find(({ name }) => name.startsWith('HAR of one more visit ('));
    expect(har?.mediaType).toBe('application/json');
    expect(page).toContain(`href="${har?.path}"`);
    const { entries } = harSchema.parse(JSON.parse(readFileSync(join(folder ?? '', har?.path ?? ''), 'utf8'))).log;
    expect(
      entries.map(({ request, response }) => [request.method, response.status, new URL(request.url).pathname]),
    ).toContainEqual(['GET', 200, expect.stringMatching(/\/diff$/)]);
    const latest = readFileSync(join(folder ?? '', '..', 'latest', 'gate.json'), 'utf8');
    expect(latest).toBe(readFileSync(join(folder ?? '', 'gate.json'), 'utf8'));
    // A path is as long as it is, and must be copied whole.
    const lines = stdout.split('\n').filter((line) => !line.startsWith('Report: '));
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(80);
    // Escapes would be colours, and this is no terminal.
    expect(stdout).not.toContain('\u001B');
    // And what was saved is enough to judge it again, to the letter.
    expect((await run('judge', folder ?? '', '--json')).out).toBe(latest);
  });
});
