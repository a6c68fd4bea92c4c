/** Metrics: counters and histograms that the target keeps itself. */
import { messageOf } from '../../lib/message-of.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Policy } from '../../model/policy.ts';
import { type Diagnosis, withoutTarget } from '../diagnosis.ts';
import { noProgress, type SamplingOptions, samplingTask } from '../sampling.ts';
import { describeSource } from '../source.ts';
import type { MetricsProbe } from './collect-metrics.ts';
import {
  type MetricsPolicy,
  type MetricsRollout,
  type MetricsTarget,
  metricsContradictions,
  metricsKeys,
  metricsToRead,
} from './settings.ts';

interface Asked {
  readonly metrics: readonly MetricsPolicy[];
}

export const metrics = describeSource<typeof metricsKeys, MetricsRollout, MetricsTarget, object, Asked>({
  kind: 'metrics',
  from: ['metrics:<name>'],
  keys: metricsKeys,
  names: (rollout) => Object.keys(rollout.metrics),
  contradictions: metricsContradictions,
  ask: ({ rollout, target, from }) => ({
    metrics: metricsToRead(rollout, target).filter(({ name }) => from.has(`metrics:${name}`)),
  }),
  nothing: { metrics: [] },
  evidence: ({ metrics: asked }) => asked.map(({ name }) => `metrics-${name}`),
  /** Read twice: before anything makes traffic, and after everything. */
  probes: ({ metrics: asked, target: of }, { target, shell, signal }) =>
    asked.flatMap((one) => {
      const opened = openProbe(one, { api: target.identity.api, target: of, shell, signal });
      return [
        {
          title: `Note what the metrics ${one.name} say before`,
          phase: 'before',
          brings: [],
          run: async () => {
            await (await opened()).begin();
            return [];
          },
        },
        {
          title: `Read the metrics ${one.name}`,
          phase: 'after',
          brings: [`metrics-${one.name}`],
          run: async (say) => [await (await opened()).collect(say)],
        },
      ];
    }),
  watch: {
    turn: 2,
    tasks: (policy, options) =>
      policy.metrics.map((one) => samplingTask(`metrics-${one.name}`, options, metricsSampler(one, policy, options))),
  },
  /** Whether what the target counts can be read; that it counts, the gate finds out by asking for something. */
  examine: async ({ metrics: asked, target: of }, { target, shell, signal }) => {
    const { openCountingSource } = await import('./collect-metrics.ts');
    const diagnoses: Diagnosis[] = [];
    for (const one of asked) {
      const what = `metrics ${one.name}`;
      if (target === null) diagnoses.push(withoutTarget(what));
      else {
        const source = openCountingSource(one, { api: target.identity.api, target: of, shell, signal });
        const why = await source.begin().then(() => null, messageOf);
        const advice = `say where they are with targets.${of.name}.metrics`;
        diagnoses.push(
          why === null ? { what, state: 'ready', found: source.name } : { what, state: 'blind', found: why, advice },
        );
      }
    }
    return diagnoses;
  },
});

type Options = Parameters<typeof import('./collect-metrics.ts').metricsProbe>[1];

/** One probe for both readings, opened when the first is due. */
function openProbe(one: MetricsPolicy, options: Options): () => Promise<MetricsProbe> {
  let probe: Promise<MetricsProbe> | null = null;
  return () => {
    probe ??= import('./collect-metrics.ts').then(({ metricsProbe }) => metricsProbe(one, options));
    return probe;
  };
}

/** From one reading to the next: what is counted while nobody looks is in the next one. */
function metricsSampler(one: MetricsPolicy, policy: Policy, { target, shell, signal }: SamplingOptions) {
  const begin = async (): Promise<MetricsProbe> => {
    const { metricsProbe } = await import('./collect-metrics.ts');
    const probe = metricsProbe(one, { api: target.identity.api, target: policy.target, shell, signal });
    await probe.begin();
    return probe;
  };
  let begun = begin();
  return async (): Promise<Evidence> => {
    const evidence = await (await begun).collect(noProgress);
    begun = begin();
    return evidence;
  };
}
