/** What the gate does with the store: before it measures, what to compare with; afterwards, what to remember. */

import { type Shell, shortestPath } from '../lib/shell.ts';
import type { AcceptedContract } from '../model/api-contract.ts';
import type { BaselineKind, Baselines } from '../model/baseline.ts';
import type { RunPlan } from '../model/run-plan.ts';
import { whyNotAcceptable } from '../store/accept.ts';
import { acceptanceOf, decisionStamp } from '../store/accept-run.ts';
import { baselinesFrom, chosenDecisions, releasesOf, windowSize } from '../store/choose-baselines.ts';
import type { AcceptedBaseline, BaselineDecision } from '../store/decision.ts';
import { saveDecision } from '../store/decision-files.ts';
import { inForce } from '../store/in-force.ts';
import { type StorePlace, tryStore } from '../store/open-store.ts';
import { gateTextOf } from '../store/read-run.ts';
import { type RunStore, StoreUnavailable } from '../store/run-store.ts';
import { runKey } from '../store/series-key.ts';
import { environmentOf, storedRun } from '../store/stored-run.ts';
import type { Accepted, GateRun } from './run.ts';

export interface StoreAccess {
  readonly place: StorePlace;
  readonly shell: Shell;
}

/** Of a plan, what says with which runs it may be compared. */
type Comparable = Pick<RunPlan, 'rollout' | 'profile'> & {
  readonly run: Pick<RunPlan['run'], 'target' | 'machine' | 'tool'>;
};

/** What a run may be compared with; that the store does not answer is part of what is known. */
export async function acceptedFor(
  { run, rollout, profile }: Comparable,
  kind: BaselineKind,
  { place, shell }: StoreAccess,
): Promise<Accepted> {
  const key = runKey({
    rollout,
    profile,
    target: run.target.name,
    environment: environmentOf(run.target),
    machineClass: run.machine.machineClass,
    toolVersion: run.tool.version,
  });
  try {
    return await tryStore(place, shell, async (store) => {
      const accepted = inForce(await store.decisions());
      const chosen: AcceptedBaseline[] = [];
      for (const { id } of chosenDecisions(accepted, { kind, key })) {
        const one = await store.accepted(id);
        if (one !== null) chosen.push(one);
      }
      const releases = releasesOf(accepted, key);
      const contracts = await contractsAmong(releases, store);
      const baselines = { ...baselinesFrom(chosen, accepted, { kind, key }), contracts: whose(contracts) };
      return { baselines, bundle: await bundleAmong(releases, store), contracts };
    });
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    const unavailable = `the store does not answer (${error.message})`;
    return { baselines: { kind, runs: [], none: '', unavailable }, bundle: unavailable, contracts: unavailable };
  }
}

/** Of the last release whose scripts were measured. */
async function bundleAmong(releases: readonly BaselineDecision[], store: RunStore): Promise<Accepted['bundle']> {
  for (const { id, run, at } of releases) {
    const bundle = (await store.accepted(id))?.bundle ?? null;
    if (bundle !== null) return { ...bundle, release: run.release, savedAt: at, keptIn: `the accepted run ${run.id}` };
  }
  return null;
}

type Contracts = { readonly [sli: string]: AcceptedContract };

/** Of the last release whose promises were written down. */
async function contractsAmong(releases: readonly BaselineDecision[], store: RunStore): Promise<Contracts> {
  for (const { id, run } of releases) {
    const contracts = Object.entries((await store.accepted(id))?.contracts ?? {});
    if (contracts.length === 0) continue;
    const { id: of, release } = run;
    return Object.fromEntries(contracts.map(([sli, contract]) => [sli, { run: of, release, contract }]));
  }
  return {};
}

/** What of them is part of a plan: the promises themselves are in the evidence, as what was checked. */
function whose(contracts: Contracts): NonNullable<Baselines['contracts']> {
  return Object.fromEntries(Object.entries(contracts).map(([sli, { run, release }]) => [sli, { run, release }]));
}

interface Remembering {
  readonly kind: BaselineKind;
  /** It was asked for some of its profile's criteria only (`--only`). */
  readonly isPart: boolean;
}

/** Puts a run into the store; a whole nightly one that is go joins the rolling window. What it did, in a line or none. */
export async function rememberRun(
  { report, folder }: GateRun,
  { kind, isPart }: Remembering,
  { place, shell }: StoreAccess,
): Promise<string> {
  const run = storedRun(gateTextOf(folder.path), report);
  const why = whyNotAcceptable(run) ?? (isPart ? 'with --only this run decided a part, and not the night' : null);
  const join = (): AcceptedBaseline => {
    const rule = `the nightly rule: profile ${run.profile} was go`;
    const accepted = acceptanceOf(folder.path, { ...decisionStamp(shell), kind, why: rule });
    saveDecision(place.reports, accepted.id, accepted);
    return accepted;
  };
  try {
    return await tryStore({ ...place, except: run.id }, shell, async (store) => {
      await store.putRuns([run]);
      if (kind === 'release') return '';
      if (why !== null) return `Rolling baseline: not changed, because ${why}.\n`;
      await store.putDecisions([join()]);
      const members = chosenDecisions(inForce(await store.decisions()), { kind, key: runKey(run) });
      const count = members.filter(({ run: { browser } }) => browser === run.browser).length;
      return `Rolling baseline: this run joined it; it has ${count} of at most ${windowSize} good nightly runs of its key.\n`;
    });
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    if (kind === 'nightly' && why === null) join();
    shell.err(
      `This run is not in the store: ${error.message}.\nIt is whole in ${shortestPath(folder.path, shell)}; the next command that opens the store adds it.\n`,
    );
    return '';
  }
}
