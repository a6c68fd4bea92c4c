/** `rampgate incident RUN`: writes what happened, for people to complete. */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { exitCodes } from '../../lib/exit-codes.ts';
import { mistakes } from '../../lib/mistakes.ts';
import { type Shell, shortestPath } from '../../lib/shell.ts';
import { writeWhole } from '../../lib/write-whole.ts';
import { readRun } from '../../store/read-run.ts';
import { replay } from '../watch/engine/advance.ts';
import { evaluateWatch } from '../watch/engine/evaluate-watch.ts';
import { isWatch, readWatch } from '../watch/watch-folder.ts';
import { judgedRun } from './choose-plan.ts';
import type { IncidentFlags } from './describe-rollback.ts';
import type { IncidentDocument } from './page/incident/document.ts';
import { renderIncident } from './page/incident/render-incident.ts';
import { renderWatchIncident } from './page/incident/render-watch-incident.ts';
import { readRollbacks } from './rollback-folder.ts';

/**
 * Writes `incident.md` and its charts into the folder of a run or of a watch. An existing document, which people may have completed, is not
 * overwritten.
 */
export async function incidentCommand(run: string | undefined, flags: IncidentFlags, shell: Shell): Promise<number> {
  const folder = resolve(shell.cwd, run ?? join(flags.out, 'latest'));
  const document = isWatch(folder) ? incidentOfWatch(folder) : incidentOfRun(folder);
  const file = join(folder, 'incident.md');
  if (existsSync(file) && flags.overwrite !== true) throw mistakes.incidentThere(file);
  const { markdown, charts } = document;
  for (const { path, svg } of charts) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeWhole(join(folder, path), svg);
  }
  writeWhole(file, markdown);
  shell.out(`${shortestPath(file, shell)}\n`);
  return exitCodes.go;
}

function incidentOfRun(folder: string): IncidentDocument {
  const { report } = judgedRun(folder);
  const logs = readRollbacks(folder);
  if (report.verdict === 'go' && logs.length === 0) throw mistakes.noIncident(`Run ${report.run.id} is go`);
  return renderIncident({ report, evidence: readRun(folder).evidence, logs });
}

/** From its journal, also while it goes on. */
function incidentOfWatch(folder: string): IncidentDocument {
  const { plan, observations } = readWatch(folder);
  const report = evaluateWatch(replay(plan, observations), null);
  const logs = readRollbacks(folder);
  if (report.alerts.length === 0 && report.standing !== 'failed' && logs.length === 0)
    throw mistakes.noIncident(`Watch ${plan.watch.id} had no alert`);
  return renderWatchIncident({ report, logs });
}
