/** The browser: the scenarios, visited as a person would. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defined } from '../../lib/defined.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Policy } from '../../model/policy.ts';
import { stillOpenAfter, unlessAllowed } from '../probe.ts';
import { noProgress, type SamplingOptions } from '../sampling.ts';
import { describeSource } from '../source.ts';
import {
  type BrowserProfile,
  type BrowserRollout,
  browserContradictions,
  browserKeys,
  type ScenarioPolicy,
  scenarioStages,
  scenariosToVisit,
  visitsOf,
} from './settings.ts';

interface Asked {
  readonly scenarios: readonly ScenarioPolicy[];
}

/** Scenarios that Sentry listens to are visited although no criterion of their own asks for it. */
interface Listening {
  readonly sentry: { readonly asks: readonly string[] } | null;
}

type VisitRollout = BrowserRollout & { readonly sentry?: { readonly scenarios: readonly string[] } | undefined };

/** Where Playwright finds the scenarios. */
const CONFIG = 'playwright.config.ts';

export const browser = describeSource<
  typeof browserKeys,
  VisitRollout,
  object,
  BrowserProfile,
  Asked,
  Asked & Listening
>({
  kind: 'browser',
  from: ['browser:<scenario>'],
  keys: browserKeys,
  times: 'pages',
  inBrowser: true,
  names: (rollout) => Object.keys(rollout.scenarios),
  contradictions: browserContradictions,
  budget: visitsOf,
  stages: (rollout, profile, name) => {
    const scenario = { ...rollout.scenarios, ...profile.scenarios }[name];
    return scenario === undefined ? 1 : scenarioStages(scenario);
  },
  ask: ({ rollout, profile, from }) => {
    const asksSentry = [...from].some((one) => one.startsWith('sentry:'));
    const heard = asksSentry ? (rollout.sentry?.scenarios ?? []) : [];
    return {
      scenarios: scenariosToVisit(rollout, profile).filter(
        ({ name }) => from.has(`browser:${name}`) || heard.includes(name),
      ),
    };
  },
  nothing: { scenarios: [] },
  inTurn: ({ scenarios }, { isNeeded, visits, scenarios: own }) => ({
    scenarios: scenarios
      .filter(({ name }) => isNeeded(`browser-${name}`))
      .map((one) => ({ ...one, visits, ...own[one.name], stages: 1 })),
  }),
  evidence: ({ scenarios }) => scenarios.map(({ name }) => `browser-${name}`),
  needsBrowser: ({ scenarios }) => scenarios.length > 0,
  probes: (policy, options) => {
    const { target, folder, browserPath, shell, signal, meter } = options;
    if (policy.scenarios.length === 0 || browserPath === null) return [];
    return [
      {
        title: 'Visit as a person would',
        phase: 'visit',
        brings: policy.scenarios.map(({ name }) => `browser-${name}`),
        makesTraffic: true,
        run: async (say, { before }) => {
          const { collectBrowser } = await import('./collect-browser.ts');
          return collectBrowser({
            policy,
            target: target.identity,
            config: CONFIG,
            browser: { path: browserPath },
            runFolder: folder.path,
            redactor: options.redactor,
            shell,
            signal,
            stillOpen: (evidence) => stillOpenAfter(options, [...before, ...evidence]),
            control: { path: policy.browser.controlPath ?? '/', ...unlessAllowed(policy, 'browser') },
            ...defined({ turnsAt: options.turnsAt }),
            ...(policy.bounds === undefined
              ? {}
              : { requests: { most: meter.left(), onMade: (made) => meter.add(made) } }),
            onProgress: say,
          });
        },
      },
    ];
  },
  watch: {
    turn: 3,
    /** Scenarios of one rhythm are visited in one run of Playwright, with what other sources read of it. */
    tasks: (policy, options) => {
      const { browserPath, everyMs, ofVisits } = options;
      if (browserPath === null) return [];
      const byRhythm = Map.groupBy(policy.scenarios, ({ name }) => everyMs(`browser-${name}`));
      return [...byRhythm].map(([every, scenarios]) => ({
        sources: [...scenarios.map(({ name }) => `browser-${name}`), ...ofVisits.names],
        everyMs: every,
        sample: () => visit({ ...policy, scenarios }, { ...options, browserPath }),
      }));
    },
  },
  // Whether it can be started is looked at with the machine.
  examine: () => Promise.resolve([]),
});

async function visit(
  policy: Policy & Asked & Listening,
  { target, shell, signal, redactor, browserPath, ofVisits }: SamplingOptions & { readonly browserPath: string },
): Promise<readonly Evidence[]> {
  // Nobody reads journals and screenshots of hundreds of visits: what counts is in the evidence.
  const runFolder = mkdtempSync(join(tmpdir(), 'rampgate-watch-'));
  try {
    mkdirSync(join(runFolder, 'evidence'), { recursive: true });
    const { collectBrowser } = await import('./collect-browser.ts');
    const visited = await collectBrowser({
      policy: { ...policy, browser: { ...policy.browser, trace: false } },
      target: target.identity,
      config: CONFIG,
      browser: { path: browserPath },
      runFolder,
      redactor,
      shell,
      signal,
      stillOpen: () => new Set(),
      onProgress: noProgress,
    });
    const scenarios = policy.scenarios.map(({ name }) => name);
    return [...visited, ...(await ofVisits.read({ visited, scenarios, folder: runFolder }))];
  } finally {
    rmSync(runFolder, { recursive: true, force: true });
  }
}
