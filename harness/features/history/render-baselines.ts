/** Baselines as text: decisions as a table, series as paragraphs. */

import { formatInterval, formatValue } from '../../lib/format.ts';
import type { ApiContract } from '../../model/api-contract.ts';
import { chosenDecisions } from '../../store/choose-baselines.ts';
import type { AcceptedBaseline, AcceptedBundle, BaselineDecision } from '../../store/decision.ts';
import type { SeriesKey } from '../../store/run-store.ts';
import { runKey, seriesKey } from '../../store/series-key.ts';
import type { StoredCriterion } from '../../store/stored-run.ts';

/** Newest first. */
export function renderBaselineList(
  decisions: readonly BaselineDecision[],
  counting: readonly BaselineDecision[],
): string {
  if (decisions.length === 0) {
    return 'No run was accepted as a baseline yet. Accept a run that is go: rampgate baseline accept RUN\n';
  }
  const counts = new Set(counting.map(({ id }) => id));
  return decisions
    .toReversed()
    .map(({ id, what, kind, run, at, by, why }) => {
      const state = what === 'reject' ? 'rejected' : counts.has(id) ? 'in force' : 'no longer';
      const where = `${run.target} (${run.environment}), profile ${run.profile}, ${run.browser}, ${run.machineClass}`;
      return `${state.padEnd(9)} ${kind.padEnd(7)} ${run.id}  release ${run.release}\n          ${where}\n          ${at} by ${by}: ${why}\n`;
    })
    .join('');
}

interface Member {
  readonly accepted: AcceptedBaseline;
  readonly finding: StoredCriterion & { readonly value: number };
}

interface Series {
  readonly key: SeriesKey;
  readonly kind: AcceptedBaseline['kind'];
  /** Newest first, and only those that are compared with. */
  readonly members: readonly [Member, ...Member[]];
}

/** One paragraph for each criterion with a baseline, or for the one that is asked for. */
export function renderSeries(accepted: readonly AcceptedBaseline[], criterion: string | undefined): string {
  const things = thingsOf(accepted);
  const held = new Set(things.map(({ of }) => of));
  const all = [
    // How much a release differed from the one before is not what others are compared with: what it had is.
    ...seriesOf(accepted).map((series) => ({ of: series.key.criterion, text: renderOne(series), held: false })),
    ...things.map((thing) => ({ of: thing.of, text: renderThing(thing), held: true })),
  ].filter((one) => (criterion === undefined || one.of === criterion) && (one.held || !held.has(one.of)));
  if (all.length === 0) {
    return `There is no accepted baseline${criterion === undefined ? '' : ` of ${criterion}`}. Accept a run that is go: rampgate baseline accept RUN\n`;
  }
  return all.map(({ text }) => text).join('\n');
}

/** What a release had, whatever machine and profile found it out: scripts of a size, an API with promises. */
interface Thing {
  readonly of: string;
  readonly what: string;
  readonly accepted: AcceptedBaseline;
}

/** Of each target those of the last release that has them. */
function thingsOf(accepted: readonly AcceptedBaseline[]): Thing[] {
  const things = new Map<string, Thing>();
  for (const one of accepted.filter(({ kind }) => kind === 'release')) {
    const { rollout, target, environment } = one.run;
    const put = (of: string, what: string): void => {
      things.set(JSON.stringify([rollout, target, environment, of]), { of, what, accepted: one });
    };
    if (one.bundle !== null) put('bundle.js-growth', bundleText(one.bundle));
    for (const [sli, contract] of Object.entries(one.contracts)) put(sli, contractText(contract));
  }
  return [...things.values()];
}

/** What one run had, a line each. */
export function renderThings(accepted: AcceptedBaseline): string {
  return thingsOf([accepted])
    .map(({ of, what }) => `For ${of}: ${what}.\n`)
    .join('');
}

function bundleText({ scripts, measured }: AcceptedBundle): string {
  const bytes = scripts.reduce((sum, { gzip }) => sum + gzip, 0);
  return `${counted(scripts.length, 'script')} of ${measured}, ${formatValue(bytes, 'bytes')} gzipped`;
}

function contractText({ operations, answers }: ApiContract): string {
  const [documented, asked] = [operations, answers].map((one) => Object.keys(one).length);
  return `${counted(documented ?? 0, 'documented operation')} and ${counted(asked ?? 0, 'answer')}`;
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

function renderThing({ of, what, accepted: { run, at, by, why } }: Thing): string {
  return (
    `${of} (release): ${what}\n  ${run.id}, release ${run.release}\n` +
    `  ${run.target} (${run.environment}), whatever profile, machine and browser\n  accepted ${at} by ${by}: ${why}\n`
  );
}

function seriesOf(accepted: readonly AcceptedBaseline[]): Series[] {
  const chosen = new Set(
    accepted.flatMap(({ kind, run }) => chosenDecisions(accepted, { kind, key: runKey(run) }).map(({ id }) => id)),
  );
  const series = new Map<string, { key: SeriesKey; kind: AcceptedBaseline['kind']; members: Member[] }>();
  for (const one of accepted.filter(({ id }) => chosen.has(id)).toReversed()) {
    for (const finding of one.criteria) {
      const key = seriesKey(one.run, finding);
      if (key === null || finding.value === null || finding.statistic?.startsWith('change of') === true) continue;
      const name = JSON.stringify([one.kind, key]);
      const known = series.get(name) ?? { key, kind: one.kind, members: [] };
      known.members.push({ accepted: one, finding: { ...finding, value: finding.value } });
      series.set(name, known);
    }
  }
  return [...series.values()].flatMap(({ members: [first, ...others], ...rest }) =>
    first === undefined ? [] : [{ ...rest, members: [first, ...others] }],
  );
}

function renderOne({ key, kind, members }: Series): string {
  const { criterion, statistic, target, environment, profile, browser, machineClass } = key;
  const [{ accepted, finding }] = members;
  const measuredBy = browser === null ? '' : `${browser}, `;
  const values = members.map((member) => member.finding.value);
  const interval =
    finding.lower === null && finding.upper === null
      ? ''
      : `, in ${formatInterval([finding.lower, finding.upper], finding.unit)}`;
  const what =
    kind === 'release'
      ? `${formatValue(finding.value, finding.unit)}${interval}, of ${finding.samples} samples\n  ${accepted.run.id}, release ${accepted.run.release}`
      : `${members.length} good nightly runs, from ${formatValue(Math.min(...values), finding.unit)} to ${formatValue(Math.max(...values), finding.unit)}\n  the newest ${accepted.run.id}, release ${accepted.run.release}`;
  return (
    `${criterion} (${kind}): ${statistic} ${what}\n` +
    `  ${target} (${environment}), profile ${profile}, ${measuredBy}${machineClass}\n` +
    `  accepted ${accepted.at} by ${accepted.by}: ${accepted.why}\n`
  );
}
