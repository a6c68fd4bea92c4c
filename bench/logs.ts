/**
 * The logs probe beside `grep` and `zcat | grep` on one generated log of a gigabyte, plain and gzipped, as in the checklist:
 * one command for each pattern. Prints times and ratios; asserts nothing but that the counts agree.
 */
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from '../harness/lib/percentile.ts';
import { print, table } from './print-results.ts';

const SIZE_BYTES = 1_000_000_000;
const ROUNDS = 3;
/** All lines lie within the probe's ten minutes, so that it counts as many as grep. */
const SPREAD_MS = 120_000;
const root = join(import.meta.dirname, '..');
const patterns = [
  ['logs.timeouts', 'timeout|upstream.*error'],
  ['logs.cache-invalidated', 'cache_invalidated.*diff'],
] as const;

interface Timed {
  readonly ms: number;
  readonly counts: readonly number[];
}

const folder = mkdtempSync(join(tmpdir(), 'rampgate-bench-logs-'));
const server = createServer((_, response) => response.end('a target that answers'));
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const target = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
try {
  const plain = join(folder, 'api.log');
  const zipped = join(folder, 'zipped.gz');
  const rounds: { readonly [method: string]: Timed[] } = {
    'Rampgate, both patterns': [],
    'grep -cE, one after the other': [],
    'Rampgate, gzipped': [],
    'zcat | grep -cE, one after the other': [],
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    writeLog(plain);
    rounds['Rampgate, both patterns']?.push(await rampgate(plain));
    rounds['grep -cE, one after the other']?.push(shell((pattern) => `grep -cE '${pattern}' '${plain}'`));
    spawnSync('sh', ['-c', `gzip -1 -c '${plain}' > '${zipped}'`]);
    rounds['Rampgate, gzipped']?.push(await rampgate(zipped));
    rounds['zcat | grep -cE, one after the other']?.push(
      shell((pattern) => `zcat '${zipped}' | grep -cE '${pattern}'`),
    );
  }
  report(rounds);
} finally {
  server.close();
  rmSync(folder, { recursive: true, force: true });
}

/** Lines like those of SkillMeat's API: every tenth has the first word of a pattern, one in 500 matches. */
function writeLog(path: string): void {
  const file = openSync(path, 'w');
  const endMs = Date.now();
  try {
    for (let written = 0, line = 0; written < SIZE_BYTES; ) {
      const lines: string[] = [];
      for (; lines.length < 20_000; line += 1) {
        const at = new Date(endMs - SPREAD_MS * (1 - Math.min(1, written / SIZE_BYTES))).toISOString();
        lines.push(
          `{"timestamp": "${at}", "level": "${line % 50 === 0 ? 'WARNING' : 'INFO'}", "logger": "skillmeat.api", "message": "${messageOf(line)}", "module": "requests", "function": "log", "line": ${line % 997}}\n`,
        );
      }
      written += writeSync(file, lines.join(''));
    }
  } finally {
    closeSync(file);
  }
}

function messageOf(line: number): string {
  if (line % 1000 === 7) return 'Diff timeout: no answer for /api/v1/artifacts/skill:team-playbook/diff';
  if (line % 1000 === 507) return 'cache_invalidated: diff answers of skill:team-playbook';
  const route = line % 10 === 0 ? 'upstream-diff' : 'diff';
  return `Request completed: GET /api/v1/artifacts/skill:team-playbook-${line}/${route}?mode=summary - 200`;
}

/** Runs a gate of the log alone; counts the probe's own time, without the start of the program. */
async function rampgate(log: string): Promise<Timed> {
  const out = mkdtempSync(join(folder, 'reports-'));
  const only = patterns.map(([id]) => id);
  const args = ['harness/cli.ts', 'gate', '--out', out, '--web', target, '--api', target, '--logs', `api=${log}`];
  const child = spawn(process.execPath, [...args, '--only', ...only], { cwd: root, stdio: 'ignore' });
  await new Promise((resolve) => child.once('close', resolve));
  const [run = ''] = readdirSync(out).filter((name) => name !== 'latest');
  const evidence = JSON.parse(readFileSync(join(out, run, 'evidence', 'logs-api.json'), 'utf8')) as {
    readonly startedAt: string;
    readonly finishedAt: string;
    readonly measurements: readonly { readonly sli: string; readonly count: number }[];
  };
  return {
    ms: Date.parse(evidence.finishedAt) - Date.parse(evidence.startedAt),
    counts: only.map((id) => evidence.measurements.find(({ sli }) => sli === id)?.count ?? Number.NaN),
  };
}

/** One command for each pattern; each prints its count. */
function shell(commandFor: (pattern: string) => string): Timed {
  const started = performance.now();
  const counts = patterns.map(([, pattern]) => Number(spawnSync('sh', ['-c', commandFor(pattern)]).stdout.toString()));
  return { ms: performance.now() - started, counts };
}

function report(rounds: { readonly [method: string]: readonly Timed[] }): void {
  const all = Object.entries(rounds);
  const expected = all.map(([, timed]) => JSON.stringify(timed.map(({ counts }) => counts)));
  if (new Set(expected).size > 1) throw new Error(`the counts differ: ${expected.join(' ')}`);
  const msOf = (timed: readonly Timed[]) => median(timed.map(({ ms }) => ms));
  const rows = all.map(([method, timed], index) => {
    const beside = all[index % 2 === 0 ? index + 1 : index]?.[1] ?? timed;
    const seconds = msOf(timed) / 1000;
    return [
      method,
      seconds.toFixed(2),
      (SIZE_BYTES / 1e6 / seconds).toFixed(0),
      (msOf(timed) / msOf(beside)).toFixed(2),
      String(timed[0]?.counts.join(', ')),
    ];
  });
  print(
    `logs: ${SIZE_BYTES / 1e9} GB, median of ${ROUNDS}`,
    table(['method', 's', 'MB/s', 'ratio', 'counts'], rows),
    Object.fromEntries(all.map(([method, timed]) => [method, timed.map(({ ms }) => Math.round(ms))])),
  );
}
