/** The Sentry probe: proves that it sees, then reads what Sentry says about the release in its environment → evidence. */

import { z } from 'zod';
import { messageOf } from '../../lib/message-of.ts';
import type { Shell } from '../../lib/shell.ts';
import type { Control, Evidence, Occurrences, QualityIssue } from '../../model/evidence.ts';
import type { SentryTarget } from '../../model/target-policy.ts';
import type { Json } from '../../model/units.ts';
import { notTried } from '../positive-control.ts';
import { quoted } from '../quoted.ts';
import { proveSeeing, SentryBlind, testEvent } from './positive-control.ts';
import {
  ofOrganization,
  openSentryApi,
  quotedForSearch,
  type SentryApi,
  SentryProblem,
  type SentryQuery,
} from './sentry-api.ts';
import type { SentryPolicy } from './settings.ts';

export interface SentryProbeOptions {
  readonly sentry: SentryTarget | null;
  readonly release: string;
  readonly shell: Shell;
  readonly signal: AbortSignal;
  /** Why no event may be planted; absent where one may. */
  readonly withoutControl?: string;
  readonly onProgress: (text: string) => void;
  /** How long one request may take; 10 s when left out. */
  readonly timeoutMs?: number;
  /** How long a rate limit may hold it up, in all; a minute when left out. */
  readonly patienceMs?: number;
}

/** The name of the evidence, and its indicator: issues whose first event is of this release. */
const PROBE = 'sentry-issues';
const SLI = 'sentry.new-issues';
/** Every issue is counted; this many are quoted. */
const QUOTED = 20;
const WINDOW = '14d';
/** What is shorter is none, and could not be taken out of a text without taking the text apart. */
const SHORTEST_TOKEN = 8;
const ERRORS = 'is:unresolved issue.category:error';

const issues = z.array(
  z.object({
    shortId: z.string(),
    title: z.string(),
    firstSeen: z.string(),
    count: z.coerce.number(),
    /** Of the events that the query asks for. */
    filtered: z.object({ count: z.coerce.number() }).nullish(),
  }),
);
const sessionTotals = z.object({
  groups: z.array(z.object({ totals: z.object({ 'sum(session)': z.number().nullable() }) })),
});
const outcomes = z.object({
  groups: z.array(
    z.object({ by: z.object({ outcome: z.string() }), totals: z.object({ 'sum(quantity)': z.number() }) }),
  ),
});
const counted = z.object({ data: z.array(z.object({ 'count()': z.number() })) });
const project = z.object({ id: z.coerce.string().regex(/^\d+$/) });

/** Never throws: what could not be read says why, and is never zero. The token is in no word of it. */
export async function collectSentry(policy: SentryPolicy, options: SentryProbeOptions): Promise<Evidence> {
  const { shell, sentry, signal } = options;
  const startedAt = shell.now().toISOString();
  const token = sentry?.tokenVariable == null ? null : (shell.env[sentry.tokenVariable] ?? '');
  const base = { probe: PROBE, startedAt };
  try {
    const read = await readSentry(policy, options, token);
    const evidence: Evidence = {
      ...base,
      finishedAt: shell.now().toISOString(),
      status: 'collected',
      tools: { Node: process.version },
      attachments: [],
      ...read,
    };
    return withoutToken(evidence, token);
  } catch (error) {
    const qualityIssue = signal.aborted ? interrupted : qualityIssueOf(error);
    return withoutToken(
      {
        ...base,
        finishedAt: shell.now().toISOString(),
        status: 'unavailable',
        qualityIssues: [qualityIssue],
        ...(error instanceof SentryBlind ? { controls: [error.control] } : {}),
      },
      token,
    );
  }
}

const interrupted: QualityIssue = { code: 'interrupted', message: 'the run was interrupted' };

function qualityIssueOf(error: unknown): QualityIssue {
  if (error instanceof SentryProblem) return { code: error.code, message: error.message };
  if (error instanceof z.ZodError) {
    return {
      code: 'signal-absent',
      message: `Sentry's answer is not what its API describes: ${z.prettifyError(error)}`,
    };
  }
  return { code: 'probe-crashed', message: messageOf(error) };
}

interface Read {
  readonly measurements: readonly Occurrences[];
  readonly facts: { readonly [name: string]: Json };
  readonly qualityIssues: readonly QualityIssue[];
  readonly controls: readonly Control[];
}

async function readSentry(policy: SentryPolicy, options: SentryProbeOptions, token: string | null): Promise<Read> {
  const { sentry, release, shell, signal, onProgress } = options;
  if (sentry === null) throw absent('the target says nowhere which Sentry it reports to');
  if (release === 'unknown') throw absent('the target names no release to ask Sentry about');
  if (token !== null && token.length < SHORTEST_TOKEN)
    throw absent(
      `the environment variable ${sentry.tokenVariable}, which holds Sentry's token, is not set or too short`,
    );
  const { timeoutMs = 10_000, patienceMs = 60_000 } = options;
  const api = openSentryApi({ sentry, token, shell, signal, timeoutMs, patienceMs });
  const place = [sentry.organization, sentry.project].map(encodeURIComponent).join('/');
  const { id: projectId } = project.parse(await api.get(`projects/${place}/`));
  onProgress('waiting for a test event to come back');
  // What was sent before it has had as long to arrive.
  const { readBackWithinMs } = policy;
  const control =
    options.withoutControl === undefined
      ? await proveSeeing({ api, sentry, projectId, readBackWithinMs, shell, signal })
      : notTried(testEvent, options.withoutControl);
  onProgress(`reading about ${release}`);
  const window = { project: projectId, environment: sentry.environment, statsPeriod: WINDOW };
  const about = await readRelease(api, { sentry, release: quotedForSearch(release), window });
  return conclude(about, { release, environment: sentry.environment, control });
}

interface Asked {
  readonly sentry: SentryTarget;
  /** As searches take it. */
  readonly release: string;
  readonly window: SentryQuery & { readonly project: string };
}

interface AboutRelease {
  readonly fresh: z.output<typeof issues>;
  readonly known: z.output<typeof issues>;
  readonly complete: boolean;
  readonly sessions: number;
  readonly errors: number | null;
  readonly outcomes: { readonly [outcome: string]: number };
}

async function readRelease(api: SentryApi, { sentry, release, window }: Asked): Promise<AboutRelease> {
  const of = (path: string): string => ofOrganization(sentry, path);
  const listed = (query: string) => api.list(of('issues/'), { ...window, query, sort: 'new', limit: '100' });
  const fresh = await listed(`${ERRORS} firstRelease:${release}`);
  const known = await listed(`${ERRORS} release:${release} !firstRelease:${release}`);
  const sessions = sessionTotals.parse(
    await api.get(of('sessions/'), {
      ...window,
      field: 'sum(session)',
      query: `release:${release}`,
      interval: '1d',
    }),
  );
  const errors = counted.parse(
    await api.get(of('events/'), {
      ...window,
      dataset: 'errors',
      field: 'count()',
      query: `release:${release} level:[error,fatal]`,
    }),
  );
  // Nothing smaller than an hour can be asked for, and neither release nor environment.
  const stats = outcomes.parse(
    await api.get(of('stats_v2/'), {
      project: window.project,
      field: 'sum(quantity)',
      groupBy: 'outcome',
      category: 'error',
      statsPeriod: '1h',
      interval: '1h',
    }),
  );
  return {
    fresh: issues.parse(fresh.entries),
    known: issues.parse(known.entries),
    complete: fresh.complete && known.complete,
    sessions: sessions.groups.reduce((sum, group) => sum + (group.totals['sum(session)'] ?? 0), 0),
    errors: errors.data[0]?.['count()'] ?? null,
    outcomes: Object.fromEntries(stats.groups.map(({ by, totals: sum }) => [by.outcome, sum['sum(quantity)']])),
  };
}

interface Circumstances {
  readonly release: string;
  readonly environment: string;
  readonly control: Control;
}

function conclude(about: AboutRelease, { release, environment, control }: Circumstances): Read {
  const build = `${release} in ${environment}`;
  const lost = Object.entries(about.outcomes).filter(([outcome, quantity]) => outcome !== 'accepted' && quantity > 0);
  const qualityIssues: QualityIssue[] = [];
  const say = (message: string) => qualityIssues.push({ code: 'counted-in-part', message });
  if (lost.length > 0) {
    const words = lost.map(([outcome, quantity]) => `${quantity} ${outcome}`).join(', ');
    say(`in the last hour Sentry did not keep every error of the project: ${words}`);
  }
  if (!about.complete) say(`only the first ${about.fresh.length} new and ${about.known.length} known issues were read`);
  if (about.sessions === 0) say(`Sentry has not heard of any session of ${build}: nobody can have met an issue`);
  return {
    measurements: [
      {
        kind: 'occurrences',
        sli: SLI,
        unit: 'count',
        how: `unresolved error issues of the last ${WINDOW} whose first event is of ${build}, as Sentry's API lists them; of a test event sent before: ${control.message}`,
        count: about.fresh.length,
        exposures: about.sessions,
        exposedTo: `sessions of ${release}`,
        seen: about.fresh
          .slice(0, QUOTED)
          .map(({ shortId, title, count }) => `${shortId} ${quoted(title)} (events: ${count})`),
      },
    ],
    facts: {
      window: WINDOW,
      errors: about.errors,
      sessions: about.sessions,
      outcomesOfTheLastHour: about.outcomes,
      knownIssues: about.known.slice(0, QUOTED).map(({ shortId, title, firstSeen, count, filtered }) => ({
        shortId,
        title: quoted(title),
        firstSeen,
        events: count,
        eventsOfThisRelease: filtered?.count ?? null,
      })),
    },
    qualityIssues,
    controls: [control],
  };
}

/** Whatever was quoted: a server may say the token back. */
function withoutToken(evidence: Evidence, token: string | null): Evidence {
  if (token === null || token.length < SHORTEST_TOKEN) return evidence;
  const clean = (_key: string, value: unknown): unknown =>
    typeof value === 'string' ? value.replaceAll(token, '…') : value;
  return JSON.parse(JSON.stringify(evidence), clean) as Evidence;
}

function absent(message: string): SentryProblem {
  return new SentryProblem(message, { code: 'signal-absent', status: null });
}
