/** API checks: what is true of single answers. */
import { withoutTarget } from '../diagnosis.ts';
import { noProgress, samplingTask } from '../sampling.ts';
import { describeSource } from '../source.ts';
import { type ChecksPolicy, type ChecksRollout, checksKeys, checksToMake, whyNotChecked } from './settings.ts';

const TIMEOUT_MS = 10_000;

interface Asked {
  readonly checks: readonly ChecksPolicy[];
}

interface ChecksTarget {
  readonly mayChange?: object | undefined;
}

interface ChecksProfile {
  readonly changesNothing: boolean;
}

export const checks = describeSource<typeof checksKeys, ChecksRollout, ChecksTarget, ChecksProfile, Asked>({
  kind: 'checks',
  from: ['checks:<name>'],
  keys: checksKeys,
  names: ({ checks: all }) => Object.keys(all),
  contradictions: () => [],
  whyNot: ({ rollout, ...choice }, name) => whyNotChecked(rollout, name, choice),
  ask: ({ rollout, from }) => ({ checks: checksToMake(rollout).filter(({ name }) => from.has(`checks:${name}`)) }),
  nothing: { checks: [] },
  inTurn: ({ checks: asked }, { isNeeded }) => ({
    checks: asked.filter(({ changesTarget, name }) => !changesTarget && isNeeded(`checks-${name}`)),
  }),
  whyNotInTurn: ({ checks: asked }, evidence) =>
    asked.some(({ name, changesTarget }) => changesTarget && evidence === `checks-${name}`)
      ? 'It changes its target, which the other measurements would feel'
      : null,
  evidence: ({ checks: asked }) => asked.map(({ name }) => `checks-${name}`),
  probes: ({ checks: asked, target: of }, { target, acceptedContracts, shell, signal }) =>
    asked.map((one) => ({
      title: `Check the answers: ${one.name}`,
      phase: one.changesTarget ? 'change' : 'check',
      brings: [`checks-${one.name}`],
      makesTraffic: true,
      run: async (say) => {
        const { collectChecks } = await import('./collect-checks.ts');
        return [
          await collectChecks(one, {
            target: target.identity,
            policy: of,
            accepted: acceptedContracts,
            shell,
            signal,
            onProgress: say,
          }),
        ];
      },
    })),
  watch: {
    turn: 5,
    tasks: ({ checks: asked, target: of }, options) => {
      const { target, shell, signal } = options;
      return asked.map((one) =>
        samplingTask(`checks-${one.name}`, options, async () => {
          const { collectChecks } = await import('./collect-checks.ts');
          return collectChecks(one, {
            target: target.identity,
            policy: of,
            accepted: 'a watch compares with nothing',
            shell,
            signal,
            onProgress: noProgress,
          });
        }),
      );
    },
  },
  /** They look for most of what they need themselves; that there is a document to hold the API to is seen from here. */
  examine: async ({ checks: asked, target: of }, { target, shell }) => {
    if (asked.length === 0) return [];
    const what = `checks ${asked.map(({ name }) => name).join(', ')}`;
    if (target === null) return [withoutTarget(what)];
    const { openapi } = of.conventions;
    const places = [`${target.identity.api}${openapi}`, new URL(openapi, target.identity.api).href];
    for (const place of places) {
      const answer = await shell.request(place, { timeoutMs: TIMEOUT_MS }).catch(() => null);
      if (answer?.status === 200 && /"openapi"|"swagger"/.test(answer.text)) {
        return [{ what, state: 'ready', found: `OpenAPI document at ${place}` }];
      }
    }
    const found = `no OpenAPI document at ${places.join(' or ')}`;
    return [{ what, state: 'blind', found, advice: `say where it is with targets.${of.name}.openapi` }];
  },
});
