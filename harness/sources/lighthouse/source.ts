/** Lighthouse: how fast a page is painted, by the tool that everybody knows. */
import type { Artifacts } from '../artifacts.ts';
import { type Diagnosis, withoutTarget } from '../diagnosis.ts';
import { describeSource } from '../source.ts';
import {
  type LighthousePolicy,
  type LighthouseProfile,
  type LighthouseRollout,
  lighthouseContradictions,
  lighthouseKeys,
  pagesToVisit,
} from './settings.ts';

const TIMEOUT_MS = 10_000;

interface LighthouseTarget {
  readonly artifacts: Artifacts;
}

interface Asked {
  readonly lighthouse: readonly LighthousePolicy[];
}

export const lighthouse = describeSource<
  typeof lighthouseKeys,
  LighthouseRollout,
  LighthouseTarget,
  LighthouseProfile,
  Asked
>({
  kind: 'lighthouse',
  from: ['lighthouse:<name>'],
  keys: lighthouseKeys,
  times: 'pages',
  inBrowser: true,
  names: (rollout) => Object.keys(rollout.lighthouse),
  contradictions: lighthouseContradictions,
  budget: (rollout, profile, name) => {
    const samples = profile.lighthouse[name]?.runs ?? rollout.lighthouse[name]?.runs;
    return samples === undefined ? null : { samples, words: `${samples} runs` };
  },
  mostRequests: () => null,
  ask: ({ rollout, profile, target, from }) => ({
    lighthouse: pagesToVisit(rollout, { profile, target }).filter(({ name }) => from.has(`lighthouse:${name}`)),
  }),
  nothing: { lighthouse: [] },
  evidence: ({ lighthouse: pages }) => pages.map(({ name }) => `lighthouse-${name}`),
  needsBrowser: ({ lighthouse: pages }) => pages.length > 0,
  probes: ({ lighthouse: pages, browser }, { target, folder, browserPath, shell, signal }) => {
    if (browserPath === null) return [];
    return pages.map((page) => ({
      title: `Visit ${page.name} with Lighthouse`,
      phase: 'visit',
      brings: [`lighthouse-${page.name}`],
      makesTraffic: true,
      run: async (say) => {
        const { collectLighthouse } = await import('./collect-lighthouse.ts');
        return [
          await collectLighthouse(page, {
            web: target.identity.web,
            browser: { path: browserPath, args: browser.args },
            runFolder: folder.path,
            shell,
            signal,
            onProgress: say,
          }),
        ];
      },
    }));
  },
  examine: async ({ lighthouse: pages }, { target, shell }) => {
    const diagnoses: Diagnosis[] = [];
    for (const { name, path, runs } of pages) {
      const what = `Lighthouse ${name}`;
      if (target === null) diagnoses.push(withoutTarget(what));
      else {
        const url = target.identity.web + path;
        const status = await shell.request(url, { timeoutMs: TIMEOUT_MS }).then(
          (answer) => answer.status,
          () => 'nothing',
        );
        const state = status === 200 ? 'ready' : 'not ready';
        diagnoses.push({ what, state, found: `${path} answers ${status}${state === 'ready' ? `; ${runs} runs` : ''}` });
      }
    }
    return diagnoses;
  },
});
