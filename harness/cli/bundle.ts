/** `rampgate bundle`: how large the target's scripts are; `--save` makes them what its gates compare with. */
import { resolve } from 'node:path';
import { choosePolicy } from '../config/choose-policy.ts';
import { loadConfig } from '../config/load-config.ts';
import { browserFor } from '../gate/browser-for.ts';
import { openTarget } from '../gate/target.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { interruptible } from '../lib/interruptible.ts';
import { mistakes } from '../lib/mistakes.ts';
import { redactorFor } from '../lib/redact.ts';
import type { Shell } from '../lib/shell.ts';
import { showProgress } from '../lib/show-progress.ts';
import type { TargetIdentity } from '../model/run.ts';
import { saveBundleBaseline } from '../sources/bundle/baseline.ts';
import { type MeasuredBundle, measureBundle } from '../sources/bundle/measure-bundle.ts';
import { type BundlePolicy, bundlePolicy } from '../sources/bundle/settings.ts';
import type { Policy } from '../sources/registry.ts';
import type { BundleFlags } from './describe-bundle.ts';
import { renderBundle } from './render-bundle.ts';

/** Measures once; resolves to the exit code. A measurement with quality issues is shown, and not saved. */
export async function bundleCommand(flags: BundleFlags, shell: Shell): Promise<number> {
  const { rollout, hash } = await loadConfig(resolve(shell.cwd, flags.config));
  const policy = choosePolicy(rollout, hash, { ...flags, profile: Object.keys(rollout.profiles)[0] ?? '' });
  const { name } = policy.target;
  const target = rollout.targets[name];
  const bundle = target === undefined ? null : bundlePolicy(name, target, rollout.bundle);
  if (bundle === null) throw mistakes.noBundle(name);
  const interruption = interruptible(shell);
  try {
    const work = { policy, bundle, flags, shell, signal: interruption.signal };
    const { measured, identity } = redactorFor(shell.env).deep(await measure(work));
    shell.out(renderBundle(measured));
    if (interruption.signal.aborted) return exitCodes.interrupted;
    if (measured.qualityIssues.length > 0) {
      shell.out(flags.save === true ? 'Nothing was saved: an incomplete measurement is no baseline.\n' : '');
      return exitCodes.inconclusive;
    }
    if (flags.save === true) {
      const { measured: of, compression, scripts, tools } = measured;
      const release = flags.release ?? identity.release;
      const baseline = { target: name, release, savedAt: shell.now().toISOString(), measured: of, compression, tools };
      saveBundleBaseline(resolve(shell.cwd, bundle.baseline), { ...baseline, scripts: [...scripts] });
      shell.out(`Saved as the baseline: ${bundle.baseline} (${release}). Commit it with the release it is of.\n`);
    }
    return exitCodes.go;
  } finally {
    interruption.release();
  }
}

interface Work {
  readonly policy: Policy;
  readonly bundle: BundlePolicy;
  readonly flags: BundleFlags;
  readonly shell: Shell;
  readonly signal: AbortSignal;
}

interface Measured {
  readonly measured: MeasuredBundle;
  readonly identity: Pick<TargetIdentity, 'release'>;
}

/** A folder is read where it is; only pages need a target that runs. */
async function measure({ policy, bundle, flags, shell, signal }: Work): Promise<Measured> {
  const progress = showProgress(shell.terminal);
  const { source } = bundle;
  const scripts = (web: string, browser: { readonly path: string; readonly args: readonly string[] } | null) =>
    progress('Measure the scripts', (onProgress) => measureBundle(source, { web, browser, shell, signal, onProgress }));
  if (source.kind === 'build') {
    return { measured: await scripts('', null), identity: { release: policy.target.release ?? 'unknown' } };
  }
  const browser = { path: browserFor(policy, flags, shell), args: policy.browser.args };
  const live = await progress(`Open target ${policy.target.name}`, () =>
    openTarget(policy.target, { shell, loads: false }),
  );
  try {
    return { measured: await scripts(live.identity.web, browser), identity: live.identity };
  } finally {
    await live.close();
  }
}
