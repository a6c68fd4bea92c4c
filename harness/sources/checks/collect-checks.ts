/** The checks probe: runs one of the rollout's check functions against the target's API → evidence. */

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheFolder } from '../../lib/cache-folder.ts';
import { messageOf } from '../../lib/message-of.ts';
import type { Shell, WebAnswer } from '../../lib/shell.ts';
import type { AcceptedContract } from '../../model/api-contract.ts';
import type { CheckAnswer, CheckContext } from '../../model/check.ts';
import type { Check, Control, Evidence, Measurement, QualityIssue } from '../../model/evidence.ts';
import type { TargetIdentity } from '../../model/run.ts';
import type { TargetPolicy } from '../../model/target-policy.ts';
import type { Json } from '../../model/units.ts';
import { distinctPath } from '../distinct-path.ts';
import { notTried } from '../positive-control.ts';
import { quoted } from '../quoted.ts';
import { contractOf, heldTo } from './contract/is-compatible.ts';
import { openPutBack, type PutBack } from './put-back.ts';
import type { ChecksPolicy } from './settings.ts';

/** What the accepted release promised, by the SLI that holds others to it; a text says why nobody knows. */
export type AcceptedContracts = { readonly [sli: string]: AcceptedContract } | string;

export interface ChecksProbeOptions {
  readonly target: Pick<TargetIdentity, 'web' | 'api'>;
  readonly policy: Pick<TargetPolicy, 'artifacts' | 'conventions' | 'limiter' | 'mayChange' | 'uncached'>;
  readonly accepted: AcceptedContracts;
  readonly shell: Shell;
  readonly signal: AbortSignal;
  readonly onProgress: (text: string) => void;
}

const TIMEOUT_MS = 10_000;
/** Every occurrence is counted; this many are quoted. */
const QUOTED = 20;

/** Runs one function. Never throws: where the function does, what it found so far is kept and doubted. */
export async function collectChecks(checks: ChecksPolicy, options: ChecksProbeOptions): Promise<Evidence> {
  const { shell, signal } = options;
  const startedAt = shell.now().toISOString();
  const notes = startNotes(options.accepted);
  let requests = 0;
  const limited = (asked: string, retryAfter: string | undefined): void => {
    if (notes.qualityIssues.some(({ code }) => code === 'rate-limited')) return;
    const again = retryAfter === undefined ? '' : ` (Retry-After ${retryAfter})`;
    notes.qualityIssues.push({
      code: 'rate-limited',
      message: `the target's limiter answered ${asked} with 429${again}`,
    });
  };
  const count = (): void => {
    requests += 1;
    options.onProgress(`${requests} requests`);
  };
  const kept = openPutBack(join(cacheFolder(shell.env), 'put-back'));
  try {
    if (checks.changesTarget) kept.putBack(); // what a run that crashed did not come to
    await checks.run(contextOf(checks, options, { ...notes, count, limited, keep: kept.keep }));
  } catch (error) {
    const message = messageOf(error);
    const qualityIssue: QualityIssue = signal.aborted
      ? { code: 'interrupted', message: 'the run was interrupted' }
      : { code: 'probe-crashed', message: `the checks "${checks.name}" did not come to their end: ${message}` };
    notes.qualityIssues.push(qualityIssue);
  }
  if (checks.changesTarget) notes.qualityIssues.push(...putBack(kept));
  return {
    status: 'collected',
    probe: `checks-${checks.name}`,
    startedAt,
    finishedAt: shell.now().toISOString(),
    measurements: notes.measurements(),
    facts: { requests, ...(notes.contracts.size === 0 ? {} : { contracts: Object.fromEntries(notes.contracts) }) },
    tools: { Node: process.version },
    attachments: [],
    qualityIssues: notes.qualityIssues,
    ...(notes.controls.length === 0 ? {} : { controls: notes.controls }),
  };
}

/** What could not be put back stays where it is kept, and the next run tries again. */
function putBack(kept: PutBack): QualityIssue[] {
  try {
    kept.putBack();
    return [];
  } catch (error) {
    const message = messageOf(error);
    return [{ code: 'probe-crashed', message: `what the checks changed could not be put back: ${message}` }];
  }
}

interface Notes extends Pick<CheckContext, 'check' | 'occurrence' | 'blind' | 'notTried' | 'promises'> {
  /** By SLI, as the next release is held to them. */
  readonly contracts: ReadonlyMap<string, Json>;
  readonly qualityIssues: QualityIssue[];
  readonly controls: Control[];
  readonly measurements: () => Measurement[];
}

function startNotes(accepted: AcceptedContracts): Notes {
  const checks = new Map<string, { readonly how: string; readonly checks: Check[] }>();
  const chances = new Map<
    string,
    { readonly how: string; readonly exposedTo: string; readonly seen: (string | null)[] }
  >();
  const contracts = new Map<string, Json>();
  const qualityIssues: QualityIssue[] = [];
  const controls: Control[] = [];
  const check: Notes['check'] = (sli, { name, expected, actual, how }) => {
    const entry = checks.get(sli) ?? { how, checks: [] };
    checks.set(sli, entry);
    entry.checks.push({ name, ok: expected === actual, expected: quoted(expected), actual: quoted(actual) });
  };
  return {
    contracts,
    qualityIssues,
    controls,
    check,
    promises(sli, promises) {
      const contract = contractOf(promises);
      contracts.set(sli, { ...contract });
      if (typeof accepted === 'string') qualityIssues.push({ code: 'no-baseline', message: accepted, slis: [sli] });
      else for (const one of heldTo(accepted[sli], contract)) check(sli, one);
    },
    occurrence(sli, { what, exposedTo, how }) {
      const entry = chances.get(sli) ?? { how, exposedTo, seen: [] };
      chances.set(sli, entry);
      entry.seen.push(what);
    },
    blind(sli, message) {
      qualityIssues.push({ code: 'signal-absent', message, slis: [sli] });
    },
    notTried(name, reason) {
      controls.push(notTried({ name, planted: 'a question that the target offers no way to ask' }, reason));
    },
    measurements: () => [
      ...[...checks].map(([sli, entry]) => ({ kind: 'checks' as const, sli, unit: 'count' as const, ...entry })),
      ...[...chances].map(([sli, { how, exposedTo, seen }]) => {
        const happened = seen.filter((what) => what !== null);
        return {
          kind: 'occurrences' as const,
          sli,
          how,
          unit: 'count' as const,
          count: happened.length,
          exposures: seen.length,
          exposedTo,
          seen: happened.slice(0, QUOTED).map(quoted),
        };
      }),
    ],
  };
}

function contextOf(
  { changesTarget }: ChecksPolicy,
  { target, policy, shell, signal }: ChecksProbeOptions,
  {
    check,
    occurrence,
    blind,
    notTried: noteUntried,
    promises,
    count,
    limited,
    keep,
  }: Pick<Notes, 'check' | 'occurrence' | 'blind' | 'notTried' | 'promises'> & {
    readonly count: () => void;
    readonly limited: (asked: string, retryAfter: string | undefined) => void;
    readonly keep: (folder: string) => void;
  },
): CheckContext {
  return {
    ...target,
    ...policy.conventions,
    artifacts: policy.artifacts,
    uncached: policy.uncached,
    mayChange: changesTarget ? policy.mayChange : null,
    keep,
    pause: (durationMs) => sleep(durationMs, undefined, { signal }),
    check,
    occurrence,
    blind,
    notTried: noteUntried,
    promises,
    async request(path, { method = 'GET', headers = {}, json } = {}) {
      signal.throwIfAborted();
      const asked = /^https?:/.test(path) ? path : target.api + path;
      const url = policy.limiter === null ? asked : distinctPath(asked, policy.limiter.distinctBy);
      const body =
        json === undefined
          ? { headers }
          : { headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(json) };
      count();
      try {
        const answer = await shell.request(url, { method, ...body, timeoutMs: TIMEOUT_MS, signal });
        if (answer.status === 429) limited(`${method} ${path}`, answer.headers['retry-after']);
        return answerOf(answer, url);
      } catch (error) {
        const why = messageOf(error);
        throw new Error(`${method} ${path} was not answered within ${TIMEOUT_MS / 1000} s: ${why}`, { cause: error });
      }
    },
  };
}

function answerOf(answer: WebAnswer, url: string): CheckAnswer {
  return {
    ...answer,
    json() {
      try {
        return JSON.parse(answer.text) as unknown;
      } catch {
        throw new Error(`${url} answered ${answer.status} with something that is not JSON: ${quoted(answer.text)}`);
      }
    },
  };
}
