/** Whether two saved runs may be compared: as a whole, and criterion by criterion. Pure. */

import type { Refusal } from '../../judgement/comparison/paired-measurements.ts';
import type { Criterion } from '../../model/criterion.ts';
import type { Environment } from '../../model/run.ts';
import { isInBrowser } from '../../sources/registry.ts';
import type { SavedRun } from '../../store/read-run.ts';
import { runKey, whyNotComparable } from '../../store/series-key.ts';
import { environmentOf } from '../../store/stored-run.ts';

/** A saved run, and the build of the browser that it measured with. */
export interface ReadSide {
  readonly saved: SavedRun;
  readonly environment: Environment;
}

/** Why nothing of the two may be compared; empty where something may. */
export function whyNotAtAll(before: ReadSide, after: ReadSide): string[] {
  const [was, is] = [keyOf(before), keyOf(after)];
  const always = ({ rollout, target, environment, toolMajor }: typeof was) => ({
    rollout,
    target,
    environment,
    toolMajor,
  });
  return [
    ...[before, after].flatMap(({ saved: { plan } }) =>
      plan.run.drill === undefined ? [] : [`${plan.run.id} is part of a drill, and no run of its target as it is`],
    ),
    ...whyNotComparable(always(was), always(is)),
  ];
}

/**
 * Why a criterion may not be compared, or null. Times and shares depend on the machine, and on what else the profile measured;
 * statements, counts and sizes do not. What a browser brought depends on its build either way.
 */
export function refusalFor(before: ReadSide, after: ReadSide): (criterion: Criterion) => Refusal | null {
  const [was, is] = [keyOf(before), keyOf(after)];
  return (criterion) => {
    const measured = ['percentile', 'change', 'ratio'].includes(criterion.statistic.kind);
    const part = ({ profile, machineClass, browser }: typeof was) => ({
      ...(measured ? { profile, machineClass } : {}),
      ...(isInBrowser(criterion.probe) ? { browser } : {}),
    });
    const why = [...whyNotComparable(part(was), part(is)), ...redefined(criterion, before)];
    if (why.length === 0) return null;
    return {
      reason: 'not-comparable',
      message: `It is not compared: ${why.join('; ')}.`,
      needs: 'two runs of one profile, on machines of one class, with one browser build',
    };
  };
}

function keyOf({ saved: { plan }, environment: { machineClass, browser } }: ReadSide) {
  const { rollout, profile, run } = plan;
  const { target, tool } = run;
  const key = runKey({
    rollout,
    profile,
    machineClass,
    target: target.name,
    environment: environmentOf(target),
    toolVersion: tool.version,
  });
  return { ...key, browser };
}

/** A criterion of the same name that asks for something else. */
function redefined(criterion: Criterion, { saved: { plan } }: ReadSide): string[] {
  const earlier = plan.criteria.find(({ id }) => id === criterion.id);
  if (earlier === undefined) return ['the run before had no such criterion'];
  return asked(earlier) === asked(criterion) ? [] : ['another indicator, statistic or unit'];
}

function asked({ sli, statistic, limit: { unit } }: Criterion): string {
  const { kind } = statistic;
  return JSON.stringify([sli, kind, 'p' in statistic ? statistic.p : null, unit]);
}
