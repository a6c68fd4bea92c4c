/**
 * How long `rampgate gate --profile smoke` takes on the demo, from the start of the process to its exit. Asserts nothing. `npm run bench:smoke -- --runs 9`; the first run may calibrate the machine, as it would for anybody.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { median } from '../harness/lib/percentile.ts';
import { print } from './print-results.ts';

interface Report {
  readonly verdict: string;
  readonly footprint?: { readonly requests: number; readonly maxRequests: number };
  readonly findings: readonly { readonly criterion: string; readonly outcome: string; readonly severity: string }[];
}

const { values } = parseArgs({ options: { runs: { type: 'string', default: '5' } } });
const runs = Array.from({ length: Number(values.runs) }, (_, index) => smokeOnce(index + 1));
const seconds = runs.map((run) => run.seconds);
print(
  'A smoke run of the demo',
  [
    ...runs.map(
      ({ seconds: took, load, exitCode, verdict, requests, open }) =>
        `${took.toFixed(1).padStart(5)} s  exit ${exitCode}  ${verdict}, ${requests} requests, load average ${load.toFixed(1)} before it${open === '' ? '' : `; not passed: ${open}`}`,
    ),
    `median ${median(seconds).toFixed(1)} s, at most ${Math.max(...seconds).toFixed(1)} s (asked for: under 60 s)`,
  ].join('\n'),
  { runs },
);

function smokeOnce(number: number) {
  const out = mkdtempSync(join(tmpdir(), 'rampgate-bench-smoke-'));
  const load = loadavg()[0] ?? 0;
  const startedAt = performance.now();
  const launcher = join(import.meta.dirname, '..', 'bin', 'rampgate.mjs');
  const { status } = spawnSync(process.execPath, [launcher, 'gate', '--profile', 'smoke', '--out', out], {
    stdio: 'ignore',
    env: { ...process.env, CI: 'true' },
  });
  const took = (performance.now() - startedAt) / 1000;
  const report = JSON.parse(readFileSync(join(out, 'latest', 'gate.json'), 'utf8')) as Report;
  rmSync(out, { recursive: true });
  const open = report.findings.filter(({ outcome, severity }) => outcome !== 'pass' && severity === 'blocking');
  return {
    number,
    seconds: took,
    load,
    exitCode: status,
    verdict: report.verdict,
    requests: report.footprint?.requests ?? 0,
    open: open.map(({ criterion }) => criterion).join(', '),
  };
}
