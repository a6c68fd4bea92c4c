/** Which accepted runs a new run may be compared with, as far as it is known before anything is measured. Pure. */
import type { BaselineKind, BaselineRun, Baselines } from '../model/baseline.ts';
import type { AcceptedBaseline, BaselineDecision } from './decision.ts';
import { type RunKey, runKey, whyNotComparable } from './series-key.ts';

export interface Comparing {
  readonly kind: BaselineKind;
  readonly key: RunKey;
}

/** A nightly run is compared with this many good nightly runs. */
export const windowSize = 10;

/** Newest first: of a release the last one accepted with each build of a browser, of nightly runs so many of each. */
export function chosenDecisions(accepted: readonly BaselineDecision[], { kind, key }: Comparing): BaselineDecision[] {
  const most = kind === 'release' ? 1 : windowSize;
  const count = new Map<string, number>();
  return accepted
    .toReversed()
    .filter((decision) => decision.kind === kind && whyNotOfKey(decision, key).length === 0)
    .filter(({ run: { browser } }) => {
      const already = count.get(browser) ?? 0;
      count.set(browser, already + 1);
      return already < most;
    });
}

/** Bytes are the same on every machine and in every profile: the releases of this target, the last one accepted first. */
export function releasesOf(
  accepted: readonly BaselineDecision[],
  { rollout, target, environment }: RunKey,
): BaselineDecision[] {
  return accepted
    .toReversed()
    .filter((one) => one.kind === 'release' && whyNotOfKey(one, { rollout, target, environment }).length === 0);
}

/** The baselines that the chosen decisions accepted. */
export function baselinesFrom(
  chosen: readonly AcceptedBaseline[],
  accepted: readonly BaselineDecision[],
  comparing: Comparing,
): Baselines {
  return { kind: comparing.kind, runs: chosen.map(baselineRun), none: whyNone(accepted, comparing) };
}

function baselineRun({ run, at, by, why, machineNoise, measurements }: AcceptedBaseline): BaselineRun {
  const { id, startedAt, release, browser, gateSha256 } = run;
  return { id, startedAt, release, browser, gateSha256, accepted: { at, by, why }, machineNoise, measurements };
}

function whyNone(accepted: readonly BaselineDecision[], { kind, key }: Comparing): string {
  const help = helpOf[kind];
  const newest = accepted.filter((decision) => decision.kind === kind).at(-1);
  const refused = newest === undefined ? [] : whyNotOfKey(newest, key);
  if (newest === undefined) return `There is no accepted baseline${ofKind[kind]} yet; ${help}`;
  if (refused.length === 0) return `The accepted baseline has no good measurement of it; ${help}`;
  return `There is no accepted baseline${ofKind[kind]} of this key, and with the newest one (${newest.run.id}) a comparison is refused: ${refused.join('; ')}. To have one, ${help}`;
}

const ofKind: { readonly [kind in BaselineKind]: string } = { release: '', nightly: ' of nightly runs' };

const helpOf: { readonly [kind in BaselineKind]: string } = {
  release: 'make one with `rampgate baseline accept RUN`',
  nightly: 'the first nightly run that is go becomes one',
};

function whyNotOfKey({ run }: BaselineDecision, key: Partial<RunKey>): string[] {
  return whyNotComparable(key, runKey(run));
}
