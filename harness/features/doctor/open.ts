/** Whether the target answers, is up, and lets its own pages ask. */

import { z } from 'zod';
import { openTarget } from '../../gate/target.ts';
import { messageOf } from '../../lib/message-of.ts';
import { OperatorMistake } from '../../lib/mistakes.ts';
import type { Shell } from '../../lib/shell.ts';
import type { LiveTarget } from '../../model/live-target.ts';
import type { Diagnosis } from '../../sources/diagnosis.ts';
import type { Policy } from '../../sources/registry.ts';

export interface OpenedTarget {
  readonly target: LiveTarget | null;
  readonly diagnoses: readonly Diagnosis[];
}

const TIMEOUT_MS = 5000;
const health = z.looseObject({ status: z.string(), version: z.string().optional() });

/** Opens the target, or says why not. The caller closes it. */
export async function examineTarget({ target: policy, loads }: Policy, shell: Shell): Promise<OpenedTarget> {
  let target: LiveTarget;
  try {
    target = await openTarget(policy, { shell, loads: loads.length > 0 });
  } catch (error) {
    if (!(error instanceof OperatorMistake)) throw error;
    const [found = '', ...advice] = error.message.split('\n');
    const missing = {
      what: 'addresses',
      state: 'not ready',
      found: ended(found),
      advice: ended(advice.join(' ').replace(' Nothing was measured.', '')),
    } as const;
    return { target: null, diagnoses: [missing, ...limiterOf(policy)] };
  }
  const { web, api, release } = target.identity;
  const addresses = { what: 'addresses', state: 'ready', found: `${web}, API ${api}, release ${release}` } as const;
  const asked = await Promise.all([healthOf(policy.health, api, shell), letsPagesAsk(target, shell)]);
  return { target, diagnoses: [addresses, ...asked.flat(), ...limiterOf(policy)] };
}

async function healthOf(path: string, api: string, shell: Shell): Promise<Diagnosis[]> {
  const what = 'health';
  const url = new URL(path, api).href;
  try {
    const { status, text } = await shell.request(url, { timeoutMs: TIMEOUT_MS });
    if (status === 404) return [{ what, state: 'not configured', found: `${path} is not there (404)` }];
    if (status < 200 || status > 299) return [{ what, state: 'not ready', found: `${path} answers ${status}` }];
    const said = health.safeParse(parsed(text)).data;
    const words = said === undefined ? '' : `: ${said.status}${said.version === undefined ? '' : `, ${said.version}`}`;
    return [{ what, state: 'ready', found: `${path} answers ${status}${words}` }];
  } catch (error) {
    return [{ what, state: 'not ready', found: `${url}: ${messageOf(error)}` }];
  }
}

/** A page of another origin may ask only where the API says so; whether it asks another origin, the page knows. */
async function letsPagesAsk({ identity: { web, api } }: LiveTarget, shell: Shell): Promise<Diagnosis[]> {
  const { origin } = new URL(web);
  if (origin === new URL(api).origin) return [];
  try {
    const headers = { Origin: origin, 'Access-Control-Request-Method': 'GET' };
    const answer = await shell.request(api, { method: 'OPTIONS', headers, timeoutMs: TIMEOUT_MS });
    const allowed = answer.headers['access-control-allow-origin'];
    if (allowed === origin || allowed === '*') return [];
    const advice = 'visit it by the host name that it allows, unless the page asks through its own origin';
    return [{ what: 'pages', state: 'not ready', found: `the API does not let pages of ${origin} ask`, advice }];
  } catch {
    return []; // that it does not answer is said already
  }
}

function limiterOf({ limiter }: Policy['target']): Diagnosis[] {
  if (limiter === null) return [];
  const found = `requests are made distinct by ${limiter.distinctBy}, and a visit begins every ${limiter.visitEveryMs / 1000} s at most`;
  return [{ what: 'limiter', state: 'ready', found }];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // some say it in a word
  }
}

function ended(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
