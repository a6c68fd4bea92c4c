/** Makes a decision of a saved run: that it is what later runs are compared with. */
import { actorOf } from '../lib/actor.ts';
import { mistakes } from '../lib/mistakes.ts';
import type { Shell } from '../lib/shell.ts';
import { parseGateReport } from '../model/gate-report.ts';
import { acceptedBaseline, type Deciding, whyNotAcceptable } from './accept.ts';
import type { AcceptedBaseline } from './decision.ts';
import { gateTextOf } from './list-runs.ts';
import { readRun } from './read-run.ts';
import { storedRun } from './stored-run.ts';

const partOfDrill = 'it is part of a drill, and says nothing of its target as it is';

/** What accepting a run means. Throws an OperatorMistake for one that may not become a baseline. */
export function acceptanceOf(folder: string, deciding: Deciding): AcceptedBaseline {
  const { evidence, gateJson } = readRun(folder);
  if (gateJson === null) throw mistakes.notAcceptable(folder, 'it ended before it was judged');
  const report = parseGateReport(gateJson);
  if (report.run.drill !== undefined) throw mistakes.notAcceptable(folder, partOfDrill);
  const run = storedRun(gateTextOf(folder, '.'), report);
  const why = whyNotAcceptable(run);
  if (why !== null) throw mistakes.notAcceptable(folder, why);
  return acceptedBaseline({ run, report, evidence }, deciding);
}

export function decidingNow({ now, env }: Shell): Pick<Deciding, 'at' | 'by'> {
  return { at: now().toISOString(), by: actorOf(env) };
}
