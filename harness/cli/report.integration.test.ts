import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type CommandResult, run } from '../../checks/run-command-line.ts';
import { saveGateRun } from '../gate/save-gate-run.fixture.ts';
import { realShell, type Shell } from '../lib/shell.ts';
import { main } from './main.ts';

const reports = mkdtempSync(join(tmpdir(), 'rampgate-report-'));
afterAll(() => rmSync(reports, { recursive: true, force: true }));
const noGo = saveGateRun(reports, { coldStartMs: 900 });

/** As the command line, with another world. */
async function runIn(changes: Partial<Shell>, ...argv: readonly string[]): Promise<CommandResult> {
  let out = '';
  let err = '';
  const shell: Shell = {
    ...realShell(),
    cwd: reports,
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    terminal: { interactive: false, colour: false, width: 80 },
    ...changes,
  };
  return { exitCode: await main(argv, shell), out, err };
}

describe('rampgate report', () => {
  it.each([
    ['text', /^NO-GO\n/],
    ['html', /^<!doctype html>\n/],
    ['md', /^## ❌ No-go/],
    ['json', /"verdict": "no-go"/],
    ['junit', /^<\?xml .*\n<testsuites [^>]*failures="1"/],
    ['ctrf', /"reportFormat": "CTRF"/],
    ['slack', /"type": "header"/],
    ['teams', /"AdaptiveCard"/],
    ['csv', /^probe,sli,kind,.*\r\nmachine,/],
  ])('prints a saved run as %s, whatever its verdict', async (format, expected) => {
    const { exitCode, out, err } = await run('report', noGo, '--format', format);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(out).toMatch(expected);
  });

  it('writes where it is told, and says so', async () => {
    const said = await runIn({}, 'report', noGo, '--format', 'junit', '--out', 'new/junit.xml');
    expect(said).toEqual({ exitCode: 0, out: '', err: 'Written: new/junit.xml\n' });
    expect(readFileSync(join(reports, 'new', 'junit.xml'), 'utf8')).toContain('<testsuites');
  });

  it('annotates the step, and appends to its summary', async () => {
    const summary = join(reports, 'summary.md');
    writeFileSync(summary, 'before\n');
    const { out } = await runIn({ env: { GITHUB_STEP_SUMMARY: summary } }, 'report', noGo, '--format', 'github');
    expect(out).toMatch(/^::error title=Rampgate%3A No-go for demo r1::/);
    expect(out).not.toContain('## ❌');
    expect(readFileSync(summary, 'utf8')).toMatch(/^before\n\n## ❌ No-go/);
  });

  it('judges a run that was never judged, and calls it no go', async () => {
    const cutShort = saveGateRun(reports, { judged: false, startedAt: '2026-11-23T15:15:00.000Z' });
    const { out } = await run('report', cutShort);
    expect(out).toMatch(/it ended before it was judged/);
  });

  it('opens the page of the run, made anew', async () => {
    const opened: string[][] = [];
    const start: Shell['start'] = (command) => {
      opened.push([...command]);
      return { pid: 1, ended: Promise.resolve({ code: 0, signal: null }), stop: () => Promise.resolve() };
    };
    const { exitCode } = await runIn({ start }, 'report', noGo, '--open');
    expect(exitCode).toBe(0);
    expect(opened[0]?.[1]).toMatch(/^file:\/\/.*\/gate\.html$/);
    expect(existsSync(join(noGo, 'gate.html'))).toBe(true);
  });

  it('says where the page is when nothing here can open it', async () => {
    const failing = { code: null, signal: null, error: 'spawn xdg-open ENOENT' };
    const start: Shell['start'] = () => ({ pid: 1, ended: Promise.resolve(failing), stop: () => Promise.resolve() });
    const { exitCode, err } = await runIn({ start }, 'report', noGo, '--open');
    expect(exitCode).toBe(3);
    expect(err).toContain('gate.html could not be opened here: spawn xdg-open ENOENT.');
  });

  it.each([
    ['a folder without a run', ['report', '/nowhere'], 'There is no run in /nowhere'],
    ['a format that there is not', ['report', noGo, '--format', 'pdf'], 'Allowed choices are text, html, md'],
  ])('explains %s', async (_, argv, message) => {
    const { exitCode, err } = await run(...argv);
    expect(err).toContain(message);
    expect(exitCode).toBe(3);
  });

  it('says so where delivery.json cannot be read', async () => {
    const folder = saveGateRun(reports, { startedAt: '2026-11-23T16:15:00.000Z' });
    writeFileSync(join(folder, 'delivery.json'), '{"schemaVersion":1}');
    const { exitCode, err } = await run('report', folder);
    expect(err).toContain('delivery.json cannot be judged again');
    expect(exitCode).toBe(3);
  });
});
