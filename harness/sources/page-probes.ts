/** The probes that open the pages in a browser: as a person does, with Lighthouse, and for their scripts. */

import { resolve } from 'node:path';
import { defined } from '../lib/defined.ts';
import type { Policy } from '../model/policy.ts';
import { collectBrowser } from './browser/collect-browser.ts';
import { laterBundle, readBundleBaseline } from './bundle/baseline.ts';
import { collectBundle } from './bundle/collect-bundle.ts';
import { collectLighthouse } from './lighthouse/collect-lighthouse.ts';
import { type CollectOptions, type Probe, stillOpenAfter, unlessAllowed } from './probe.ts';

/** Everybody's way through the pages, as the scenarios say. */
export function visitProbes(policy: Policy, options: CollectOptions): Probe[] {
  const { target, folder, browserPath, shell, signal, meter } = options;
  if (policy.scenarios.length === 0 || browserPath === null) return [];
  return [
    {
      title: 'Visit as a person would',
      brings: policy.scenarios.map(({ name }) => `browser-${name}`),
      run: (say, before) =>
        collectBrowser({
          policy,
          target: target.identity,
          config: 'playwright.config.ts',
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
        }),
    },
  ];
}

export function lighthouseProbes({ lighthouse, browser }: Policy, options: CollectOptions): Probe[] {
  const { target, folder, browserPath, shell, signal } = options;
  if (browserPath === null) return [];
  return lighthouse.map((page) => ({
    title: `Visit ${page.name} with Lighthouse`,
    brings: [`lighthouse-${page.name}`],
    run: async (say) => [
      await collectLighthouse(page, {
        web: target.identity.web,
        browser: { path: browserPath, args: browser.args },
        runFolder: folder.path,
        shell,
        signal,
        onProgress: say,
      }),
    ],
  }));
}

export function bundleProbes({ bundle, target: { name }, browser }: Policy, options: CollectOptions): Probe[] {
  if (bundle === null) return [];
  const { target, browserPath, acceptedBundle, shell, signal, meter } = options;
  return [
    {
      title: 'Measure the scripts',
      brings: ['bundle-js'],
      run: async (onProgress) => {
        const evidence = await collectBundle(bundle, {
          web: target.identity.web,
          browser: browserPath === null ? null : { path: browserPath, args: browser.args },
          readBaseline: () => laterBundle(readBundleBaseline(resolve(shell.cwd, bundle.baseline)), acceptedBundle),
          howToSave: `npx rampgate bundle --target ${name} --save`,
          shell,
          signal,
          onProgress,
        });
        if (evidence.status === 'collected') meter.add(Number(evidence.facts['requests'] ?? 0));
        return [evidence];
      },
    },
  ];
}
