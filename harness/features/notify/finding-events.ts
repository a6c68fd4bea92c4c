/** A report → the events that Sentry gets of it: one for each criterion that decides and did not pass. Pure. */

import type { Event } from '@sentry/node';
import { defined } from '../../lib/defined.ts';
import { formatLimit, formatValueBeside } from '../../lib/format.ts';
import { decides, type Finding } from '../../model/finding.ts';
import type { GateReport } from '../../model/gate-report.ts';

export interface FindingEvent {
  /** The criterion. */
  readonly about: string;
  readonly event: Event;
}

/**
 * What fails is an error, what could not be decided a warning; each makes one issue per criterion, target and environment, however often
 * it happens. Advisory and waived findings need no action and are not sent; findings left
 * undecided by an interruption say nothing about the target.
 */
export function findingEvents(report: GateReport, environment: string): readonly FindingEvent[] {
  const isInterrupted = report.run.interrupted !== undefined;
  return report.findings
    .filter(decides)
    .filter(({ outcome }) => outcome === 'fail' || (outcome === 'inconclusive' && !isInterrupted))
    .map((finding) => ({ about: finding.criterion, event: eventOf(finding, report, environment) }));
}

function eventOf(finding: Finding, { run, verdict }: GateReport, environment: string): Event {
  const { criterion, outcome, message } = finding;
  const isFail = outcome === 'fail';
  return {
    level: isFail ? 'error' : 'warning',
    logger: 'rampgate',
    message: `${criterion} ${isFail ? 'fails' : 'is undecided'} on ${environment}: ${message}`,
    // No value, no release, no run: they change from one event to the next, the issue does not.
    fingerprint: ['rampgate', isFail ? 'fail' : 'undecided', criterion, run.target.name, environment],
    environment,
    ...defined({ release: run.target.release === 'unknown' ? undefined : run.target.release }),
    // Environment and release are tags in Sentry by themselves.
    tags: {
      criterion,
      outcome,
      target: run.target.name,
      profile: run.profile,
      verdict,
      run: run.id,
    },
    contexts: { finding: factsOf(finding) },
  };
}

/** Flat: the SDK cuts what lies deeper. */
function factsOf(finding: Finding): { readonly [name: string]: string | number } {
  const { title, reason, message, observed, limit, needs, advice, checklist, rationale } = finding;
  return {
    title,
    reason,
    message,
    limit: formatLimit(limit),
    ...(observed === undefined
      ? {}
      : {
          observed: `${observed.statistic} ${formatValueBeside(observed.value, limit)}`,
          value: observed.value,
          unit: observed.unit,
          samples: observed.samples,
        }),
    ...defined({ needs }),
    rationale,
    advice,
    ...(checklist.length === 0 ? {} : { checklist: checklist.join(', ') }),
  };
}
