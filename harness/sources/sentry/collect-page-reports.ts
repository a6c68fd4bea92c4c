/** The page half of the Sentry probe: reads what the browser visits wrote down of the page's envelopes → evidence. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../lib/message-of.ts';
import type { Shell } from '../../lib/shell.ts';
import type { Evidence, QualityIssue } from '../../model/evidence.ts';
import type { SentryTarget } from '../../model/target-policy.ts';
import { parseJournal } from '../browser/read-journal.ts';
import { type PageVisit, readPageReports } from './read-page-reports.ts';

export interface PageReportsOptions {
  readonly scenarios: readonly string[];
  readonly release: string;
  readonly sentry: SentryTarget | null;
  readonly runFolder: string;
  /** What the browser probe brought; its doubts are this one's too. */
  readonly before: readonly Evidence[];
  readonly shell: Shell;
}

const PROBE = 'sentry-page';

/** Never throws. */
export function collectPageReports(options: PageReportsOptions): Evidence {
  const at = options.shell.now().toISOString();
  const base = { probe: PROBE, startedAt: at, finishedAt: at };
  const unavailable = (message: string): Evidence => {
    return { ...base, status: 'unavailable', qualityIssues: [{ code: 'signal-absent', message }] };
  };
  const { sentry, release } = options;
  if (sentry === null) return unavailable('the target says nowhere which Sentry it reports to');
  if (release === 'unknown') return unavailable('the target names no release, so no report can be told to be its own');
  try {
    const visits = options.scenarios.flatMap((scenario) => visitsOf(scenario, options.runFolder));
    const outcome = readPageReports(visits, { release, environment: sentry.environment });
    return {
      ...base,
      status: 'collected',
      ...outcome,
      tools: {},
      attachments: [],
      qualityIssues: [
        ...qualityIssuesOfVisits(options),
        ...outcome.qualityIssues,
        ...(visits.length === 0 ? [noVisits] : []),
      ],
    };
  } catch (error) {
    const message = `what the visits wrote down could not be read: ${messageOf(error)}`;
    return { ...base, status: 'unavailable', qualityIssues: [{ code: 'probe-crashed', message }] };
  }
}

const noVisits: QualityIssue = { code: 'signal-absent', message: 'no visit was listened to' };

function visitsOf(scenario: string, runFolder: string): PageVisit[] {
  const path = join(runFolder, 'evidence', `${scenario}.ndjson`);
  if (!existsSync(path)) return [];
  return parseJournal(readFileSync(path, 'utf8')).flatMap((record) =>
    record.kind === 'error-reports' ? [{ name: `${scenario}, visit ${record.visit}`, reports: record.reports }] : [],
  );
}

/** A scenario that did not come to its end leaves visits out that nobody listened to. */
function qualityIssuesOfVisits({ scenarios, before }: PageReportsOptions): QualityIssue[] {
  const names = new Set(scenarios.map((scenario) => `browser-${scenario}`));
  const qualityIssues = before
    .filter(({ probe }) => names.has(probe))
    .flatMap((evidence) => evidence.qualityIssues.filter(({ slis }) => slis === undefined));
  // One interruption is told by every scenario.
  return [...new Map(qualityIssues.map((qualityIssue) => [qualityIssue.message, qualityIssue])).values()];
}
