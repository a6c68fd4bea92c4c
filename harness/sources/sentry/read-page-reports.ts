/** What the visits wrote down of the page's own error reports → errors counted, and why they may not be all. Pure. */

import type { ErrorReports, ReportedBuild } from '../../browser-kit/journal.ts';
import type { Occurrences, QualityIssue } from '../../model/evidence.ts';
import type { Json } from '../../model/units.ts';
import { quoted } from '../quoted.ts';

export interface PageVisit {
  /** `cold-start, visit 3`. */
  readonly name: string;
  readonly reports: ErrorReports;
}

export interface PageReportsOutcome {
  readonly measurements: readonly Occurrences[];
  readonly qualityIssues: readonly QualityIssue[];
  readonly facts: { readonly [name: string]: Json };
}

/** The indicator: errors that the page itself reports. */
const SLI = 'sentry.js-errors';
/** Every error is counted; this many are quoted. */
const QUOTED = 20;

/** Counts the errors of the build under test. A visit in which no report of that build was taken exposes nothing. */
export function readPageReports(visits: readonly PageVisit[], build: ReportedBuild): PageReportsOutcome {
  const isUnderTest = (one: ReportedBuild): boolean =>
    one.release === build.release && one.environment === build.environment;
  // Something of it was taken, but nothing that says of which build: that tells as little as nothing.
  const silent = visits.filter(({ reports }) => reports.taken === 0 || reports.builds.length === 0);
  const ofOthers = visits.filter(({ reports }) => reports.builds.some((one) => !isUnderTest(one)));
  const heard = visits.filter(({ reports }) => reports.taken > 0 && reports.builds.some(isUnderTest));
  const errors = visits.flatMap(({ name, reports }) =>
    reports.errors.filter(isUnderTest).map(({ text }) => `${quoted(text)} (${name})`),
  );
  const dropped = sumByReason(visits);
  const occurrences: Occurrences = {
    kind: 'occurrences',
    sli: SLI,
    unit: 'count',
    how: `events of level error or fatal in the envelopes that the page sends to Sentry; counted are visits in which Sentry took at least one from ${named(build)}`,
    count: errors.length,
    exposures: heard.length,
    exposedTo: 'visits that reported to Sentry',
    seen: errors.slice(0, QUOTED),
  };
  const heardNothing = heard.length === 0 && errors.length === 0;
  const qualityIssues = [
    silent.length === 0 ? null : ofSilence(silent, visits.length),
    ofOthers.length === 0 ? null : ofOtherBuilds(ofOthers, { visits: visits.length, build, isUnderTest }),
    ...ofLosses(visits, dropped),
  ].filter((message) => message !== null);
  return {
    measurements: heardNothing ? [] : [occurrences],
    qualityIssues: qualityIssues.map((message) => ({
      code: heardNothing ? 'signal-absent' : 'counted-in-part',
      message,
    })),
    facts: { visits: visits.length, visitsThatReported: heard.length, droppedByThePage: Object.fromEntries(dropped) },
  };
}

function ofSilence(silent: readonly PageVisit[], visits: number): string {
  const where = silent.length === visits ? `any of ${visits} visits` : `${silent.length} of ${visits} visits`;
  const refused = [...new Set(silent.flatMap(({ reports }) => reports.refused))];
  if (refused.length > 0) return `Sentry took no envelope of the page in ${where}: ${refused.join(', ')}`;
  return `the page sent nothing to Sentry in ${where}, not even that a session began: no SDK, no DSN, or something blocks it`;
}

interface Others {
  readonly visits: number;
  readonly build: ReportedBuild;
  readonly isUnderTest: (build: ReportedBuild) => boolean;
}

function ofOtherBuilds(ofOthers: readonly PageVisit[], { visits, build, isUnderTest }: Others): string {
  const names = new Set(
    ofOthers.flatMap(({ reports }) => reports.builds.filter((one) => !isUnderTest(one)).map(named)),
  );
  return `in ${ofOthers.length} of ${visits} visits the page said it is ${[...names].slice(0, 3).join(', ')}, and what is examined is ${named(build)}`;
}

function ofLosses(visits: readonly PageVisit[], dropped: ReadonlyMap<string, number>): string[] {
  const unreadable = visits.reduce((sum, { reports }) => sum + reports.unreadable, 0);
  const reasons = [...dropped].map(([reason, quantity]) => `${quantity} (${reason})`);
  return [
    ...(reasons.length === 0 ? [] : [`the page's SDK says it dropped errors: ${reasons.join(', ')}`]),
    ...(unreadable === 0 ? [] : [`${unreadable} of the page's envelopes could not be read`]),
  ];
}

function sumByReason(visits: readonly PageVisit[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const [reason, quantity] of visits.flatMap(({ reports }) => Object.entries(reports.dropped))) {
    sums.set(reason, (sums.get(reason) ?? 0) + quantity);
  }
  return sums;
}

function named({ release, environment }: ReportedBuild): string {
  return `${release || 'no release'} in ${environment || 'no environment'}`;
}
