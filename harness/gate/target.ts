/** Brings the target up where the configuration says how, and makes sure that it answers before anything is measured. */

import { z } from 'zod';
import { messageOf } from '../lib/message-of.ts';
import { mistakes } from '../lib/mistakes.ts';
import type { Shell } from '../lib/shell.ts';
import type { Evidence, QualityIssue } from '../model/evidence.ts';
import type { LiveTarget } from '../model/live-target.ts';
import type { SeenClock } from '../model/run.ts';
import type { TargetPolicy } from '../model/target-policy.ts';
import { type Answered, seenClock } from './target-clock.ts';

const announcement = z.object({
  web: z.url(),
  api: z.url(),
  release: z.string().optional(),
  logs: z.record(z.string(), z.string()).default({}),
  /** A Sentry that was started with it, which takes no token: one of yours must not be sent wherever a target says. */
  sentry: z
    .object({ url: z.url(), organization: z.string(), project: z.string(), environment: z.string(), dsn: z.url() })
    .transform((sentry) => ({ ...sentry, tokenVariable: null }))
    .optional(),
});
const PROBE_TIMEOUT_MS = 5000;

/**
 * Starts or finds the target. Throws an OperatorMistake when it does not start or does not answer, or when load on it
 * is not allowed.
 */
export async function openTarget(
  target: TargetPolicy,
  { shell, loads }: { readonly shell: Shell; readonly loads: boolean },
): Promise<LiveTarget> {
  const started = target.at.kind === 'started' ? await startTarget(target.name, target.at, shell) : null;
  const { web, api } = started?.addresses ?? addressesOf(target);
  const identity = { name: target.name, web, api, release: started?.addresses.release ?? target.release ?? 'unknown' };
  const clocks: SeenClock[] = [];
  const live: LiveTarget = {
    identity,
    clocks,
    logs: started?.addresses.logs ?? {},
    sentry: started?.addresses.sentry ?? target.sentry,
    whyUnreachable: async () => (await ask(web, shell)).silent ?? (await ask(api, shell)).silent,
    close: async () => started?.stop(),
  };
  // Also where a command says what it started: it may have started it elsewhere.
  if (loads && !mayBeLoaded(target, api)) {
    await live.close();
    throw mistakes.hostNotAllowed(new URL(api).hostname, target.name);
  }
  for (const [what, url] of [
    ['web', web],
    ['api', api],
  ] as const) {
    const { silent, answered } = await ask(url, shell);
    if (silent !== null) {
      await live.close();
      throw mistakes.unreachable(what, url, silent);
    }
    clocks.push(...[seenClock(what, answered)].filter((one) => one !== null));
  }
  return live;
}

/** Load goes to this machine, or to a host that the configuration names as allowed. */
export function mayBeLoaded({ allowHosts }: TargetPolicy, url: string): boolean {
  const { hostname } = new URL(url);
  return isLoopback(hostname) || allowHosts.includes(hostname);
}

/** Whether a host, as a URL spells it, is this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

interface StartedTarget {
  readonly addresses: z.output<typeof announcement>;
  readonly stop: () => Promise<void>;
}

async function startTarget(
  name: string,
  { command, timeoutMs }: Extract<TargetPolicy['at'], { kind: 'started' }>,
  shell: Shell,
): Promise<StartedTarget> {
  const [program, ...args] = command;
  if (program === undefined) throw new Error('a checked command is empty');
  const lastLines: string[] = [];
  const announced = Promise.withResolvers<StartedTarget['addresses']>();
  const running = shell.start([program === 'node' ? process.execPath : program, ...args], {
    onLine: (line) => {
      lastLines.push(line);
      if (lastLines.length > 20) lastLines.shift();
      const found = line.startsWith('RAMPGATE_TARGET ') ? parseAnnouncement(line) : null;
      if (found !== null) announced.resolve(found);
    },
  });
  const timer = setTimeout(
    () => announced.reject(new Error(`it was not ready after ${timeoutMs / 1000} s`)),
    timeoutMs,
  );
  void running.ended.then(({ code, signal, error }) =>
    announced.reject(new Error(error ?? `it ended with ${signal ?? `exit code ${code}`}\n${lastLines.join('\n')}`)),
  );
  try {
    return { addresses: await announced.promise, stop: () => running.stop() };
  } catch (error) {
    await running.stop();
    throw mistakes.targetDidNotStart(name, command.join(' '), messageOf(error));
  } finally {
    clearTimeout(timer);
  }
}

function parseAnnouncement(line: string): StartedTarget['addresses'] | null {
  try {
    const parsed = announcement.safeParse(JSON.parse(line.slice('RAMPGATE_TARGET '.length)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null; // not the announcement; the time-out says that none came
  }
}

function addressesOf({ at, name }: TargetPolicy): { web: string; api: string } {
  if (at.kind === 'started') throw new Error(`target ${name} was not started`);
  return at;
}

/** Any HTTP answer will do, even an error: whether it is a good one is for the probes to find out. */
async function ask(url: string, { request, now }: Pick<Shell, 'request' | 'now'>): Promise<Asked> {
  const askedAtMs = now().getTime();
  try {
    const answer = await request(url, { timeoutMs: PROBE_TIMEOUT_MS });
    return { silent: null, answered: { askedAtMs, answeredAtMs: now().getTime(), answer } };
  } catch (error) {
    return { silent: causeOf(error), answered: null };
  }
}

/** Why nothing answered, or what did. */
type Asked =
  | { readonly silent: null; readonly answered: Answered }
  | { readonly silent: string; readonly answered: null };

/** Why nothing answered, in words. */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${PROBE_TIMEOUT_MS / 1000} s`;
  const { cause } = error;
  if (cause instanceof AggregateError && cause.errors[0] instanceof Error) return cause.errors[0].message;
  return cause instanceof Error ? cause.message : error.message;
}

/** What is to be doubted of evidence that a target brought which does not answer any more; null while it answers. */
export async function goneNow(target: Pick<LiveTarget, 'whyUnreachable'>): Promise<QualityIssue | null> {
  const why = await target.whyUnreachable();
  return why === null ? null : { code: 'target-unreachable', message: `the target stopped answering: ${why}` };
}

/** Puts the quality issue before the evidence's own; without one, the evidence as it is. */
export function withQualityIssue(evidence: Evidence, qualityIssue: QualityIssue | null): Evidence {
  if (qualityIssue === null) return evidence;
  return evidence.status === 'collected'
    ? { ...evidence, qualityIssues: [qualityIssue, ...evidence.qualityIssues] }
    : { ...evidence, qualityIssues: [qualityIssue, ...evidence.qualityIssues] };
}
