/** The JavaScript bundle: how many bytes the page loads, against a baseline. */
import { resolve } from 'node:path';
import type { Diagnosis } from '../diagnosis.ts';
import { describeSource } from '../source.ts';
import {
  type BundlePolicy,
  type BundleRollout,
  type BundleTarget,
  bundleContradictions,
  bundleKeys,
  bundlePolicy,
} from './settings.ts';

interface Asked {
  /** Null: nothing asks how large the scripts are. */
  readonly bundle: BundlePolicy | null;
}

export const bundle = describeSource<typeof bundleKeys, BundleRollout, BundleTarget, object, Asked>({
  kind: 'bundle',
  from: ['bundle:js'],
  keys: bundleKeys,
  names: ({ bundle: configured }) => (configured === undefined ? [] : ['js']),
  contradictions: bundleContradictions,
  ask: ({ rollout, target, targetName, from }) => ({
    bundle: from.has('bundle:js') ? bundlePolicy(targetName, target, rollout.bundle) : null,
  }),
  nothing: { bundle: null },
  inTurn: ({ bundle: asked }, { isNeeded }) => ({ bundle: isNeeded('bundle-js') ? asked : null }),
  evidence: ({ bundle: asked }) => (asked === null ? [] : ['bundle-js']),
  needsBrowser: ({ bundle: asked }) => asked?.source.kind === 'pages',
  probes: ({ bundle: asked, target: { name }, browser }, options) => {
    if (asked === null) return [];
    const { target, browserPath, acceptedBundle, shell, signal, meter } = options;
    return [
      {
        title: 'Measure the scripts',
        phase: 'scripts',
        brings: ['bundle-js'],
        run: async (onProgress) => {
          const { collectBundle } = await import('./collect-bundle.ts');
          const { laterBundle, readBundleBaseline } = await import('./baseline.ts');
          const evidence = await collectBundle(asked, {
            web: target.identity.web,
            browser: browserPath === null ? null : { path: browserPath, args: browser.args },
            readBaseline: () => laterBundle(readBundleBaseline(resolve(shell.cwd, asked.baseline)), acceptedBundle),
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
  },
  examine: async ({ bundle: asked, target }, { shell }) => {
    if (asked === null) return [];
    const what = 'bundle';
    const { source, baseline } = asked;
    const { readBundleBaseline } = await import('./baseline.ts');
    const { isFolder } = await import('../commands/find-program.ts');
    const missing: Diagnosis[] = [];
    const kept = readBundleBaseline(resolve(shell.cwd, baseline));
    if (typeof kept === 'string') {
      const advice = `on the release to compare with: npx rampgate bundle --target ${target.name} --save`;
      missing.push({ what, state: 'not ready', found: `${baseline}: ${kept}`, advice });
    }
    if (source.kind === 'build' && !isFolder(resolve(shell.cwd, source.folder))) {
      missing.push({ what, state: 'not ready', found: `there is no folder ${source.folder}`, advice: 'build it' });
    }
    const of = source.kind === 'build' ? source.folder : source.pages.map(({ path }) => path).join(', ');
    return missing.length > 0 ? missing : [{ what, state: 'ready', found: `scripts of ${of}, beside ${baseline}` }];
  },
});
