/** Accepts a saved run as the baseline of later runs. */
import { actorOf } from '../lib/actor.ts';
import { mistakes } from '../lib/mistakes.ts';
import type { Shell } from '../lib/shell.ts';
import { parseGateReport } from '../model/gate-report.ts';
import { acceptedBaseline, type DecisionFacts, whyNotAcceptable } from './accept.ts';
import type { AcceptedBaseline } from './decision.ts';
import { gateTextOf, readRun } from './read-run.ts';
import { storedRun } from './stored-run.ts';

const partOfDrill = 'it is part of a drill, and says nothing of its target as it is';

/** The decision that accepts a run. Throws an OperatorMistake for one that may not become a baseline. */
export function acceptanceOf(folder: string, facts: DecisionFacts): AcceptedBaseline {
  const { evidence, gateJson } = readRun(folder);
  if (gateJson === null) throw mistakes.notAcceptable(folder, 'it ended before it was judged');
  const report = parseGateReport(gateJson);
  if (report.run.drill !== undefined) throw mistakes.notAcceptable(folder, partOfDrill);
  const run = storedRun(gateTextOf(folder), report);
  const why = whyNotAcceptable(run);
  if (why !== null) throw mistakes.notAcceptable(folder, why);
  return acceptedBaseline({ run, report, evidence }, facts);
}

/** Who decides, and when. */
export function decisionStamp({ now, env }: Shell): Pick<DecisionFacts, 'at' | 'by'> {
  return { at: now().toISOString(), by: actorOf(env) };
}
