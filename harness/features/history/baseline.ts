/** `rampgate baseline accept|reject|list|show`: which runs others are compared with, who said so, when and why. */

import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadConfig } from '../../config/load-config.ts';
import { isQuietNoise } from '../../judgement/machine-noise.ts';
import { exitCodes } from '../../lib/exit-codes.ts';
import { formatValue } from '../../lib/format.ts';
import { mistakes } from '../../lib/mistakes.ts';
import { parseSaved } from '../../lib/parse-saved.ts';
import { type Shell, shortestPath } from '../../lib/shell.ts';
import type { MachineNoise } from '../../model/evidence.ts';
import { parseGateReport } from '../../model/gate-report.ts';
import { rejection } from '../../store/accept.ts';
import { acceptanceOf, decisionStamp } from '../../store/accept-run.ts';
import type { AcceptedBaseline } from '../../store/decision.ts';
import { saveDecision } from '../../store/decision-files.ts';
import { inForce } from '../../store/in-force.ts';
import { type StorePlace, withStore } from '../../store/open-store.ts';
import { gateTextOf } from '../../store/read-run.ts';
import type { DecisionFlags, StoreFlags } from './describe-store.ts';
import { renderBaselineList, renderSeries, renderThings } from './render-baselines.ts';

/** Makes a run the release that others of its key are compared with, from now on. */
export async function acceptCommand(run: string, flags: DecisionFlags, shell: Shell): Promise<number> {
  const place = await placeOf(flags, shell);
  await withStore(place, shell, async (store) => {
    const deciding = {
      ...decisionStamp(shell),
      kind: 'release' as const,
      why: flags.note ?? 'accepted without a note',
    };
    const accepted = acceptanceOf(folderOf(run, place, shell), deciding);
    // The file first: the store is made of the files.
    saveDecision(place.reports, accepted.id, accepted);
    await store.putRuns([{ ...accepted.run, criteria: accepted.criteria }]);
    await store.putDecisions([accepted]);
    const { id, release, target } = accepted.run;
    const kept = accepted.measurements.map(({ sli }) => sli);
    shell.out(
      `${id} (release ${release}) is the baseline of ${target} from now on, says ${accepted.by}.\n` +
        `It is compared with: ${kept.length === 0 ? 'nothing, because it measured no times that passed' : kept.join(', ')}.\n` +
        `${renderThings(accepted)}${noiseOf(accepted.machineNoise)}`,
    );
  });
  return exitCodes.go;
}

/** What a machine added to the baseline is added to every comparison with it. */
function noiseOf(noise: MachineNoise): string {
  if (isQuietNoise(noise)) return '';
  const timings = noise.timingsRatio === null ? [] : [`${formatValue(noise.timingsRatio, 'ratio')} in the browser`];
  const loads = noise.loadsMs === null ? [] : [`${formatValue(noise.loadsMs, 'ms')} under load`];
  return (
    `Its machine was not quiet: two runs of the same thing may have lain ${[...timings, ...loads].join(' and ')} apart.\n` +
    'Smaller changes against it will stay undecided; accept a run of a quiet machine where you can.\n'
  );
}

/** Takes a run out of all baselines; what was decided before stays on record. */
export async function rejectCommand(run: string, flags: DecisionFlags, shell: Shell): Promise<number> {
  const place = await placeOf(flags, shell);
  await withStore(place, shell, async (store) => {
    const decided = (await store.decisions()).filter(
      (one) => one.run.id === run || one.run.id === idOf(run, place, shell),
    );
    const [last] = inForce(decided).slice(-1);
    if (last === undefined) throw mistakes.notABaseline(run);
    const rejected = rejection(last.run, {
      ...decisionStamp(shell),
      kind: last.kind,
      why: flags.note ?? 'rejected without a note',
    });
    saveDecision(place.reports, rejected.id, rejected);
    await store.putDecisions([rejected]);
    shell.out(`${last.run.id} is no baseline from now on, says ${rejected.by}; the record of it is kept.\n`);
  });
  return exitCodes.go;
}

/** What was decided, newest first, with what still counts. */
export async function listCommand(flags: StoreFlags, shell: Shell): Promise<number> {
  await withStore(await placeOf(flags, shell), shell, async (store) => {
    const decisions = await store.decisions();
    shell.out(renderBaselineList(decisions, inForce(decisions)));
  });
  return exitCodes.go;
}

/** What each criterion is compared with, series by series. */
export async function showCommand(criterion: string | undefined, flags: StoreFlags, shell: Shell): Promise<number> {
  await withStore(await placeOf(flags, shell), shell, async (store) => {
    const accepted: AcceptedBaseline[] = [];
    for (const { id } of inForce(await store.decisions())) {
      const one = await store.accepted(id);
      if (one !== null) accepted.push(one);
    }
    shell.out(renderSeries(accepted, criterion));
  });
  return exitCodes.go;
}

async function placeOf({ config, out }: StoreFlags, shell: Shell): Promise<StorePlace> {
  const { rollout } = await loadConfig(resolve(shell.cwd, config));
  return { reports: resolve(shell.cwd, out), configured: rollout.store };
}

/** A folder, or the name of one among the reports. */
function folderOf(run: string, { reports }: StorePlace, shell: Shell): string {
  const places = [resolve(shell.cwd, run), join(reports, run)];
  const found = places.find((folder) => existsSync(join(folder, 'policy.json')));
  if (found === undefined) throw mistakes.noRun(shortestPath(join(reports, run), shell));
  return found;
}

/** The run's own id, where its folder is still there. */
function idOf(run: string, place: StorePlace, shell: Shell): string | null {
  const folders = [resolve(shell.cwd, run), join(place.reports, run)];
  const folder = folders.find((one) => existsSync(join(one, 'gate.json')));
  return folder === undefined ? null : parseGateReport(parseSaved(gateTextOf(folder))).run.id;
}
