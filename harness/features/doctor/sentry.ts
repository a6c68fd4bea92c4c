/** Whether Sentry can be asked. No event is planted: the gate does that, and finds out then whether it would come back. */
import { z } from 'zod';
import { openSentryApi } from '../../sources/sentry/sentry-api.ts';
import type { Diagnosis, Examine } from './diagnosis.ts';

const project = z.looseObject({ slug: z.string() });

export const examineSentry: Examine = async ({ policy, target, shell, signal }) => {
  if (policy.sentry === null) return [];
  const what = 'Sentry';
  const sentry = target?.sentry ?? policy.target.sentry;
  if (sentry === null) {
    if (target === null && policy.target.at.kind === 'started') return [];
    const advice = `say which it reports to with targets.${policy.target.name}.sentry`;
    return [{ what, state: 'blind', found: 'the target says nowhere which Sentry it reports to', advice }];
  }
  const variable = sentry.tokenVariable;
  const token = variable === null ? null : (shell.env[variable] ?? '');
  if (token === '') {
    const advice = 'the token of an internal integration that may read the organization, projects and events';
    return [{ what, state: 'blind', found: `the environment variable ${variable} is not set`, advice }];
  }
  const api = openSentryApi({ sentry, token, shell, signal, timeoutMs: 5000, patienceMs: 0 });
  const place = [sentry.organization, sentry.project].map(encodeURIComponent).join('/');
  try {
    const { slug } = project.parse(await api.get(`projects/${place}/`));
    return [
      ...releaseOf(target?.identity.release),
      { what, state: 'ready', found: `${sentry.url} shows the project ${slug}` },
    ];
  } catch (error) {
    const found = error instanceof z.ZodError ? 'what it answers is no project' : String((error as Error).message);
    return [{ what, state: 'blind', found }];
  }
};

/** Issues are asked for by release. */
function releaseOf(release: string | undefined): Diagnosis[] {
  if (release !== 'unknown') return [];
  return [
    { what: 'release', state: 'blind', found: 'the target names none to ask Sentry about', advice: 'add release' },
  ];
}
