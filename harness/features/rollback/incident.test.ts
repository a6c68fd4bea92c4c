import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from '../../../checks/run-command-line.ts';
import { ended, healthy, minute, planOf, type World, watchOf } from '../watch/engine/simulated.fixture.ts';
import { openWatchFolder } from '../watch/watch-folder.ts';

const reports = mkdtempSync(join(tmpdir(), 'rampgate-incident-'));
afterAll(() => rmSync(reports, { recursive: true, force: true }));

/** A watch as it is on disk after so long. */
function watchedFor(untilMs: number, worldAt: (atMs: number) => World): string {
  const folder = openWatchFolder(reports, new Date('2026-11-28T14:00:00.000Z'));
  const plan = planOf();
  folder.savePlan({ ...plan, watch: { ...plan.watch, id: folder.id } });
  for (const observation of watchOf(worldAt, 5, untilMs)) folder.append(observation);
  if (untilMs === plan.durationMs) folder.append(ended(untilMs));
  return folder.path;
}

const faulty = (atMs: number): World => (atMs >= 40 * minute ? { ...healthy, errorShare: 0.3 } : healthy);

describe('the incident of a watch', () => {
  it('is written from its journal while it goes on, once, with the charts it shows', async () => {
    const folder = watchedFor(50 * minute, faulty);
    const journal = join(folder, 'journal.ndjson');
    // It is being written to.
    appendFileSync(journal, '{"kind":"sam');
    const before = readFileSync(journal, 'utf8');
    expect(await run('incident', folder)).toMatchObject({ exitCode: 0, out: expect.stringContaining('incident.md') });
    const document = readFileSync(join(folder, 'incident.md'), 'utf8');
    expect(document).toMatch(/^- Alert after 49 min 30 s of 2 h/m);
    expect(document).toContain('### `diff.error-rate`');
    expect(document).not.toContain('The watch ended');
    expect(existsSync(join(folder, 'incident/diff.error-rate.svg'))).toBe(true);
    expect(readFileSync(journal, 'utf8')).toBe(before);
    expect(await run('incident', folder)).toMatchObject({
      exitCode: 3,
      err: expect.stringContaining('is there already'),
    });
  });

  it('is none where nothing was alerted', async () => {
    const folder = watchedFor(120 * minute, () => healthy);
    expect(await run('incident', folder)).toMatchObject({
      exitCode: 3,
      err: expect.stringMatching(/Watch \S+ had no alert, and nothing was rolled back for it: there is no incident/),
    });
    expect(existsSync(join(folder, 'incident.md'))).toBe(false);
  });
});
