/** Whether what the target counts can be read; that it counts, the gate finds out by asking for something. */
import { messageOf } from '../../lib/message-of.ts';
import { openCountingSource } from '../../sources/metrics/collect-metrics.ts';
import { type Diagnosis, type Examine, withoutTarget } from './diagnosis.ts';

export const examineMetrics: Examine = async ({ policy, target, shell, signal }) => {
  const diagnoses: Diagnosis[] = [];
  for (const metrics of policy.metrics) {
    const what = `metrics ${metrics.name}`;
    if (target === null) diagnoses.push(withoutTarget(what));
    else {
      const { api } = target.identity;
      const source = openCountingSource(metrics, { api, target: policy.target, shell, signal });
      const why = await source.begin().then(
        () => null,
        (error: unknown) => messageOf(error),
      );
      const advice = `say where they are with targets.${policy.target.name}.metrics`;
      diagnoses.push(
        why === null ? { what, state: 'ready', found: source.name } : { what, state: 'blind', found: why, advice },
      );
    }
  }
  return diagnoses;
};
