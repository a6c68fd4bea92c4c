/** `rampgate report RUN`: a saved run in any format; nothing is measured or judged again. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { concludeAgain } from '../gate/judge-again.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { mistakes } from '../lib/mistakes.ts';
import { type Shell, shortestPath } from '../lib/shell.ts';
import type { Delivery } from '../model/delivery.ts';
import { type GateReport, parseGateReport } from '../model/gate-report.ts';
import { gateMessage } from '../report/chat/gate-message.ts';
import { renderSlack } from '../report/chat/render-slack.ts';
import { renderTeams } from '../report/chat/render-teams.ts';
import { renderCtrf } from '../report/ci/render-ctrf.ts';
import { renderAnnotations, renderStepSummary } from '../report/ci/render-github.ts';
import { renderJunit } from '../report/ci/render-junit.ts';
import { renderMarkdown, renderTerminal } from '../report/gate-document.ts';
import { type HtmlSources, renderHtml } from '../report/render-html.ts';
import { renderSamplesCsv } from '../report/render-samples-csv.ts';
import { isArchive, withRunFolder } from '../store/open-archive.ts';
import { readImages } from '../store/read-images.ts';
import { readDelivery, readLastGo, readRun } from '../store/read-run.ts';
import { saveArchive } from '../store/save-archive.ts';
import type { ReportFlags } from './describe-report.ts';
import { appendStepSummary } from './github-step.ts';
import { openPage } from './open-page.ts';
import { verifyArchive } from './verify-archive.ts';

interface ReadRun {
  readonly report: GateReport;
  readonly sources: HtmlSources & { readonly delivery: Delivery | null };
}

/** Prints, or writes where `--out` says; resolves to 0 whatever the verdict is. */
export async function reportCommand(place: string, flags: ReportFlags, shell: Shell): Promise<number> {
  const path = resolve(shell.cwd, place);
  if (flags.verify === true) return verifyArchive(path, flags.fingerprint, shell);
  if (flags.archive === true) return archive(path, flags, shell);
  if (flags.open === true) return open(path, flags, shell);
  return withRunFolder(path, (folder) => {
    const run = readReported(folder);
    if (flags.format === 'github') printForGithub(run, flags, shell);
    else if (flags.out === undefined) shell.out(render(flags.format, run, { flags, shell }));
    else write(resolve(shell.cwd, flags.out), render(flags.format, run, { flags, shell }), shell);
    return exitCodes.go;
  });
}

async function archive(folder: string, { out }: ReportFlags, shell: Shell): Promise<number> {
  readRun(folder); // Throws for a folder without a complete run.
  const saved = await saveArchive(folder, out === undefined ? undefined : resolve(shell.cwd, out));
  const name = shortestPath(saved.file, shell);
  shell.out(
    `${name}: ${saved.files} files with their checksums.\nFingerprint: ${saved.fingerprint}\nKeep it elsewhere, and check the archive with:\n  rampgate report ${name} --verify --fingerprint ${saved.fingerprint}\n`,
  );
  return exitCodes.go;
}

/** Links lead to the files beside the page, so it is written into the run folder; an archive has to be unpacked first. */
async function open(path: string, flags: ReportFlags, shell: Shell): Promise<number> {
  if (isArchive(path)) throw mistakes.bundleNotOpened(shortestPath(path, shell));
  const page = flags.out === undefined ? join(path, 'gate.html') : resolve(shell.cwd, flags.out);
  write(page, render('html', readReported(path), { flags, shell }), shell);
  await openPage(pathToFileURL(page).href, shell);
  return exitCodes.go;
}

/** The saved report; a run that was never judged is judged now, and is not a go. */
function readReported(path: string): ReadRun {
  const saved = readRun(path);
  const report = saved.gateJson === null ? concludeAgain(saved.plan, saved) : parseGateReport(saved.gateJson);
  const { evidence, plan } = saved;
  const baselines = plan.baselines?.runs ?? [];
  const past = { baselines, delivery: readDelivery(path), lastGo: readLastGo(path) };
  return { report, sources: { evidence, ...past, pictures: readImages(path, evidence) } };
}

function render(
  format: Exclude<ReportFlags['format'], 'github'>,
  { report, sources }: ReadRun,
  { flags, shell }: { readonly flags: ReportFlags; readonly shell: Shell },
): string {
  switch (format) {
    case 'text':
      return renderTerminal(report, flags.out === undefined ? shell.terminal : { ...shell.terminal, colour: false });
    case 'html':
      return renderHtml(report, sources);
    case 'md':
      return renderMarkdown(report, sources.delivery);
    case 'json':
      return `${JSON.stringify(report, null, 1)}\n`;
    case 'junit':
      return renderJunit(report);
    case 'ctrf':
      return renderCtrf(report);
    case 'csv':
      return renderSamplesCsv(sources.evidence);
    case 'slack':
      return renderSlack(gateMessage(report, flags));
    case 'teams':
      return renderTeams(gateMessage(report, flags));
  }
}

/** Annotations go to standard output, which GitHub reads; the summary goes to its file. */
function printForGithub({ report, sources }: ReadRun, { out }: ReportFlags, shell: Shell): void {
  const run = { report, delivery: sources.delivery };
  shell.out(renderAnnotations(report));
  const file = out === undefined ? shell.env['GITHUB_STEP_SUMMARY'] : resolve(shell.cwd, out);
  if (file === undefined || file === '') shell.out(`\n${renderStepSummary(report, run)}`);
  else appendStepSummary(file, run);
}

function write(file: string, text: string, shell: Shell): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  shell.err(`Written: ${shortestPath(file, shell)}\n`);
}
