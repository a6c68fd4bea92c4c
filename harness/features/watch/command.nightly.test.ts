/** The watch as it really is: ten minutes of it, and two hours with a clock that does not wait, browser and all. */

import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../../checks/run-gate.ts';
import { runWatch } from '../../../checks/run-watch.ts';
import { temporaryFolders } from '../../../setup/temporary-folders.ts';
import { exitCodes } from '../../lib/exit-codes.ts';
import { median } from '../../lib/percentile.ts';
import type { WatchEvent } from './model.ts';

const newFolder = temporaryFolders();

describe('rampgate watch', () => {
  it('is a success in all eight rows over two hours of a healthy demo', async () => {
    const reports = newFolder();
    const config = join(reports, 'whole.config.ts');
    // Every four minutes, so that two hours are half an hour of samples; 60 requests each, to prove a rate under 0.5 %.
    writeFileSync(
      config,
      `import shipped from '${projectRoot}/rampgate.config.ts';
       const { diff, deployments } = shipped.load;
       const load = { diff: { rate: 60, for: '1s' }, deployments: { rate: 60, for: '1s' } };
       const watch = { ...shipped.profiles.watch, load };
       const sample = { ...shipped.watch.sample, 'browser:cold-start': '4min', 'sentry:page': '4min', 'sentry:issues': '4min', 'metrics:api': '4min' };
       export default {
         ...shipped,
         profiles: { ...shipped.profiles, watch },
         load: { diff: { ...diff, warmUp: '10ms' }, deployments: { ...deployments, warmUp: '10ms' } },
         watch: { ...shipped.watch, every: '4min', sample },
       };\n`,
    );
    // Logs have real times.
    const { report, exitCode, out } = await runWatch(reports, {
      demo: null,
      flags: { config, json: false },
      now: () => new Date(),
    });
    expect(report.alerts, out).toEqual([]);
    expect(
      report.successCriteria.map(({ id, outcome }) => `${id} ${outcome}`),
      out,
    ).toEqual(['S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'S7', 'S8'].map((row) => `${row} pass`));
    expect(exitCode).toBe(exitCodes.go);
  });

  it('watches for ten real minutes in bounded memory, and prints what that took', async () => {
    const reports = newFolder();
    const args = ['harness/cli.ts', 'watch', '--for', '10min', '--every', '15s', '--out', reports, '--json'];
    const child = spawn(process.execPath, args, {
      cwd: projectRoot,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const events: WatchEvent[] = [];
    const memoryMB: number[] = [];
    let rest = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) events.push(JSON.parse(line) as WatchEvent);
      memoryMB.push(residentMB(child.pid));
    });
    const exitCode = await new Promise((resolve) => child.once('close', resolve));
    const report = events.flatMap((event) => (event.kind === 'ended' ? [event.report] : []))[0];
    const { peakMemoryMB = 0, cores = 0 } = report?.cost ?? {};
    const known = memoryMB.filter((one) => one > 0);
    const third = Math.floor(known.length / 3);
    const [middle, last] = [median(known.slice(third, 2 * third)), median(known.slice(2 * third))];
    console.log(
      `ten minutes: ${events.length} events, peak ${peakMemoryMB.toFixed(0)} MB (${middle.toFixed(0)} MB in the middle third, ${last.toFixed(0)} MB in the last), ${cores.toFixed(3)} of a core`,
    );
    console.log(report?.sources.map(({ name, samples, lost }) => `${name} ${samples} (${lost} lost)`).join(', '));
    expect(report?.watch.ended).toBe('time');
    expect([exitCodes.go, exitCodes.inconclusive], report?.because).toContain(exitCode);
    expect(report?.alerts).toEqual([]);
    expect(last).toBeLessThan(1.25 * middle);
  });
});

/** Of a process, on systems that say so; else 0. */
function residentMB(pid: number | undefined): number {
  try {
    const [, pages = '0'] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ');
    return (Number(pages) * 4096) / 1e6;
  } catch {
    return 0;
  }
}
