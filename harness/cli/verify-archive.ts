/** `rampgate report ARCHIVE --verify`: whether it is unchanged, and whether its verdict follows from its evidence. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { changedFindings, concludeAgain } from '../gate/judge-again.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { mistakes } from '../lib/mistakes.ts';
import { type Shell, shortestPath } from '../lib/shell.ts';
import { parseGateReport } from '../model/gate-report.ts';
import { checkArchive } from '../store/check-archive.ts';
import { isArchive, withRunFolder } from '../store/open-archive.ts';
import { readRun, type SavedRun } from '../store/read-run.ts';

/** Resolves to 0 when nothing was changed, 1 when something was; throws an OperatorMistake for anything but a run archive. */
export async function verifyArchive(file: string, expected: string | undefined, shell: Shell): Promise<number> {
  const name = shortestPath(file, shell);
  if (!isArchive(file)) throw mistakes.archiveUnreadable(name, 'there is no such file');
  const check = await checkArchive(file);
  switch (check.status) {
    case 'unreadable':
      throw mistakes.archiveUnreadable(name, check.why);
    case 'changed':
      return say(shell, exitCodes['no-go'], [
        `CHANGED: ${name} is not as it was made.`,
        ...check.problems.map(indented),
      ]);
    case 'intact':
      break;
  }
  const { fingerprint, manifest } = check;
  if (expected !== undefined && expected !== fingerprint) {
    return say(shell, exitCodes['no-go'], [
      `CHANGED: ${name} is another archive than the expected one.`,
      indented(`Its fingerprint is ${fingerprint}, not ${expected}.`),
    ]);
  }
  const qualityIssues = await withRunFolder(file, qualityIssuesAbout);
  if (qualityIssues.length > 0)
    return say(shell, exitCodes['no-go'], [`CHANGED: ${name}:`, ...qualityIssues.map(indented)]);
  return say(shell, exitCodes.go, [
    `INTACT: ${name}: ${manifest.files.length} files have their checksums, the configuration too.`,
    indented('Judged again from its evidence: the same findings, to the letter.'),
    indented(`Fingerprint: ${fingerprint}${expected === undefined ? '' : ', as expected'}.`),
    ...(expected === undefined
      ? [
          indented('Anyone who can change an archive can also make new checksums for it: compare the'),
          indented('fingerprint with the one printed when it was made (--fingerprint).'),
        ]
      : []),
  ]);
}

function say({ out }: Shell, exitCode: number, lines: readonly string[]): number {
  out(`${lines.join('\n')}\n`);
  return exitCode;
}

function indented(line: string): string {
  return `  ${line}`;
}

/** Contradictions inside an archive whose checksums are all right. */
function qualityIssuesAbout(folder: string): readonly string[] {
  const run = readRun(folder);
  return [...verdictQualityIssues(run), ...configQualityIssues(folder, run)];
}

function verdictQualityIssues(run: SavedRun): readonly string[] {
  if (run.gateJson === null) return ['It was never judged: the run did not finish.'];
  const again = concludeAgain(run.plan, run);
  const changed = changedFindings(again, run);
  const { verdict } = parseGateReport(run.gateJson);
  return [
    ...(changed.length === 0 ? [] : [`Its evidence gives other findings than gate.json has: ${changed.join(', ')}.`]),
    ...(again.verdict === verdict ? [] : [`Its evidence gives ${again.verdict}, and gate.json says ${verdict}.`]),
  ];
}

/** A configuration from which secrets were redacted no longer has its hash. */
function configQualityIssues(folder: string, { plan }: SavedRun): readonly string[] {
  const file = join(folder, 'config.json');
  if (!existsSync(file)) return [];
  const text = readFileSync(file, 'utf8');
  const hash = `sha256:${createHash('sha256').update(text).digest('hex')}`;
  if (hash === plan.configHash || text.includes('[redacted]')) return [];
  return [`config.json is not the configuration it was judged with: its hash is not ${plan.configHash}.`];
}
