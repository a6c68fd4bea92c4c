/** Sentry: errors that the page reports, and issues that are new with the release. */
import { z } from 'zod';
import { defined } from '../../lib/defined.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Diagnosis } from '../diagnosis.ts';
import { noProgress, provedBefore, type SamplingTask } from '../sampling.ts';
import { describeSource } from '../source.ts';
import { withErrorRate } from './error-rate.ts';
import {
  type SentryPolicy,
  type SentryRollout,
  sentryContradictions,
  sentryKeys,
  sentryNames,
  sentryPolicy,
} from './settings.ts';

interface Asked {
  /** Null: nothing asks Sentry. */
  readonly sentry: SentryPolicy | null;
}

export const sentry = describeSource<typeof sentryKeys, SentryRollout, object, object, Asked>({
  kind: 'sentry',
  from: ['sentry:page', 'sentry:issues'],
  keys: sentryKeys,
  names: ({ sentry: configured }) => (configured === undefined ? [] : sentryNames),
  contradictions: sentryContradictions,
  ask: ({ rollout, from }) => ({ sentry: sentryPolicy(rollout, from) }),
  nothing: { sentry: null },
  evidence: ({ sentry: asked }) => (asked?.asks ?? []).map((one) => `sentry-${one}`),
  /** After everything that visits the page: they look at what came of it. */
  probes: ({ sentry: asked, target: of }, { target, folder, shell, signal }) => {
    if (asked === null) return [];
    const { identity } = target;
    return asked.asks.map((one) =>
      one === 'page'
        ? {
            title: 'Count what the page reported to Sentry',
            phase: 'read',
            brings: ['sentry-page'],
            run: async (_say, { before }) => {
              const { collectPageReports } = await import('./collect-page-reports.ts');
              const { scenarios } = asked;
              const options = { sentry: target.sentry, release: identity.release, shell, runFolder: folder.path };
              return [collectPageReports({ ...options, scenarios, before })];
            },
          }
        : {
            title: 'Ask Sentry about this release',
            phase: 'read',
            brings: ['sentry-issues'],
            run: async (say) => {
              const { collectSentry } = await import('./collect-sentry.ts');
              return [
                await collectSentry(asked, {
                  sentry: target.sentry,
                  release: identity.release,
                  shell,
                  signal,
                  ...defined({ withoutControl: of.withoutControls.sentry }),
                  onProgress: say,
                }),
              ];
            },
          },
    );
  },
  watch: {
    turn: 4,
    tasks: ({ sentry: asked, target: of }, { target, shell, signal, everyMs }): SamplingTask[] => {
      if (asked === null || !asked.asks.includes('issues')) return [];
      let isProved = false;
      const rate = withErrorRate();
      const sample = async (sinceMs: number): Promise<readonly Evidence[]> => {
        const { collectSentry } = await import('./collect-sentry.ts');
        const evidence = await collectSentry(asked, {
          sentry: target.sentry,
          release: target.identity.release,
          shell,
          signal,
          ...defined({ withoutControl: isProved ? provedBefore : of.withoutControls.sentry }),
          onProgress: noProgress,
        });
        isProved ||= evidence.controls?.some(({ outcome }) => outcome === 'seen') === true;
        return [rate(evidence, sinceMs)];
      };
      return [{ sources: ['sentry-issues'], everyMs: everyMs('sentry-issues'), sample }];
    },
  },
  ofVisits: {
    names: ({ sentry: asked }) => (asked?.asks.includes('page') === true ? ['sentry-page'] : []),
    read: async ({ target, shell }, { visited, scenarios, folder }) => {
      const { collectPageReports } = await import('./collect-page-reports.ts');
      const options = { sentry: target.sentry, release: target.identity.release, shell };
      return [collectPageReports({ ...options, runFolder: folder, before: visited, scenarios })];
    },
  },
  /** No event is planted: the gate does that, and finds out then whether it would come back. */
  examine: async ({ sentry: asked, target: of }, { target, shell, signal }) => {
    if (asked === null) return [];
    const what = 'Sentry';
    const place = target?.sentry ?? of.sentry;
    if (place === null) {
      if (target === null && of.at.kind === 'started') return [];
      const advice = `say which it reports to with targets.${of.name}.sentry`;
      return [{ what, state: 'blind', found: 'the target says nowhere which Sentry it reports to', advice }];
    }
    const variable = place.tokenVariable;
    const token = variable === null ? null : (shell.env[variable] ?? '');
    if (token === '') {
      const advice = 'the token of an internal integration that may read the organization, projects and events';
      return [{ what, state: 'blind', found: `the environment variable ${variable} is not set`, advice }];
    }
    const { openSentryApi } = await import('./sentry-api.ts');
    const api = openSentryApi({ sentry: place, token, shell, signal, timeoutMs: 5000, patienceMs: 0 });
    const path = [place.organization, place.project].map(encodeURIComponent).join('/');
    try {
      const { slug } = project.parse(await api.get(`projects/${path}/`));
      return [
        ...releaseOf(target?.identity.release),
        { what, state: 'ready', found: `${place.url} shows the project ${slug}` },
      ];
    } catch (error) {
      const found = error instanceof z.ZodError ? 'what it answers is no project' : String((error as Error).message);
      return [{ what, state: 'blind', found }];
    }
  },
});

const project = z.looseObject({ slug: z.string() });

/** Issues are asked for by release. */
function releaseOf(release: string | undefined): Diagnosis[] {
  if (release !== 'unknown') return [];
  return [
    { what: 'release', state: 'blind', found: 'the target names none to ask Sentry about', advice: 'add release' },
  ];
}
