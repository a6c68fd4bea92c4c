/** Whether there is an accepted run to compare with. A gate goes on without, and names the criteria as not checked. */
import { existsSync } from 'node:fs';
import { acceptedFor } from '../../gate/remember-run.ts';
import { machineOf, toolVersion } from '../../lib/environment.ts';
import type { ContractRelease } from '../../model/baseline.ts';
import { type Criterion, isCompared } from '../../model/criterion.ts';
import { type Diagnosis, withoutTarget } from '../../sources/diagnosis.ts';
import type { StorePlace } from '../../store/open-store.ts';
import type { Examination } from './examine.ts';

/** Makes no index where there is none. */
export async function examineBaselines(
  { policy, target, shell }: Examination,
  place: StorePlace,
): Promise<readonly Diagnosis[]> {
  const comparing = policy.criteria.filter(({ statistic }) => isCompared(statistic));
  if (comparing.length === 0) return [];
  if (target === null) return comparing.map(({ id }) => withoutTarget(id));
  const none = (found: string): Diagnosis[] => comparing.map(({ id }) => ({ what: id, state: 'missing', found }));
  if (place.configured === undefined && !existsSync(place.reports)) {
    return none('no run was accepted yet; make one that is go, then: rampgate baseline accept RUN');
  }
  const run = { target: target.identity, machine: machineOf(), tool: toolVersion() };
  const plan = { run, rollout: policy.rollout, profile: policy.profile };
  const { baselines } = await acceptedFor(plan, policy.comparesWith, { place, shell });
  if (baselines.unavailable !== undefined) {
    const { unavailable } = baselines;
    return comparing.map(({ id }) => ({ what: id, state: 'not ready', found: unavailable }));
  }
  return comparing.map(({ id, sli, statistic }: Criterion): Diagnosis => {
    if (statistic.kind === 'all') return heldTo(id, baselines.contracts?.[sli]);
    const [newest] = baselines.runs.filter(({ measurements }) => measurements.some((one) => one.sli === sli));
    if (newest === undefined) return { what: id, state: 'missing', found: baselines.none };
    return { what: id, state: 'ready', found: `compares with ${newest.id}, release ${newest.release}` };
  });
}

function heldTo(what: string, release: ContractRelease | undefined): Diagnosis {
  if (release === undefined)
    return { what, state: 'missing', found: 'no release was accepted whose promises were kept' };
  return { what, state: 'ready', found: `holds to ${release.run}, release ${release.release}` };
}
