/** `rampgate incident RUN`: writes what happened, for people to complete. */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readRun } from '../archive/read-run.ts';
import { readRollbacks } from '../archive/rollback-folder.ts';
import { writeWhole } from '../archive/write-whole.ts';
import { exitCodes } from '../exit-codes.ts';
import { mistakes } from '../mistakes.ts';
import { renderIncident } from '../report/incident/render-incident.ts';
import { type Shell, shortestPath } from '../shell.ts';
import { judgedRun } from './rollback/choose-plan.ts';

export interface IncidentFlags {
  readonly out: string;
  readonly overwrite?: boolean;
}

/** Writes `incident.md` and its charts into the run folder. A document that somebody may have completed is not overwritten. */
export async function incidentCommand(run: string | undefined, flags: IncidentFlags, shell: Shell): Promise<number> {
  const { report, folder } = judgedRun(resolve(shell.cwd, run ?? join(flags.out, 'latest')));
  const logs = readRollbacks(folder);
  if (report.verdict === 'go' && logs.length === 0) throw mistakes.noIncident(report.run.id);
  const file = join(folder, 'incident.md');
  if (existsSync(file) && flags.overwrite !== true) throw mistakes.incidentThere(file);
  const { markdown, charts } = renderIncident({ report, evidence: readRun(folder).evidence, logs });
  for (const { path, svg } of charts) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeWhole(join(folder, path), svg);
  }
  writeWhole(file, markdown);
  shell.out(`${shortestPath(file, shell)}\n`);
  return exitCodes.go;
}
