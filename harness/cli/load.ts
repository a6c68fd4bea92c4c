/** `rampgate load URL`: the load probe alone. */
import { exitCodes } from '../lib/exit-codes.ts';
import { interruptible } from '../lib/interruptible.ts';
import type { Shell } from '../lib/shell.ts';
import { showProgress } from '../lib/show-progress.ts';
import { isSaturated } from '../sources/load/generator-audit.ts';
import type { LoadResult } from '../sources/load/load-plan.ts';
import { summariseLoad } from '../sources/load/load-summary.ts';
import { runLoad } from '../sources/load/run-load.ts';
import type { LoadFlags } from './describe-load.ts';
import { planLoad } from './plan-load.ts';
import { renderLoad } from './render-load.ts';

/** Runs one load as the flags say; resolves to the exit code: 0 as intended, 2 rate not reached or nothing served. */
export async function loadCommand(url: string | undefined, flags: LoadFlags, shell: Shell): Promise<number> {
  const plan = planLoad(url, flags, shell);
  const cacheHeaders = plan.cacheHeaders ?? [];
  const interruption = interruptible(shell);
  try {
    const rate = plan.loop === 'open' ? `at ${plan.ratePerSecond}/s` : `in a closed loop of ${plan.connections}`;
    const title = `Load ${rate} for ${plan.durationMs / 1000} s`;
    const result = await showProgress(shell.terminal)(title, (say) =>
      runLoad(plan, {
        signal: interruption.signal,
        onProgress: (done, planned) => say(planned === null ? `${done} requests` : `${done} of ${planned} requests`),
      }),
    );
    const summary = { url: plan.mix[0]?.name ?? plan.baseUrl, ...summariseLoad(result, { cacheHeaders }) };
    const conclusion = concludeLoad(result, summary.url);
    if (flags.json === true) shell.out(`${JSON.stringify({ ...summary, conclusion: conclusion.sentence }, null, 2)}\n`);
    else shell.out(`\n${renderLoad(summary, conclusion.sentence)}`);
    return interruption.signal.aborted ? exitCodes.interrupted : conclusion.exitCode;
  } finally {
    interruption.release();
  }
}

interface Conclusion {
  readonly exitCode: number;
  readonly sentence: string;
}

/** One sentence on whether the numbers are what they seem, and the exit code that goes with it. */
function concludeLoad(result: LoadResult, url: string): Conclusion {
  const { loadRecorder, stopped, generator, sent, abandoned, durationMs } = result;
  const { good } = loadRecorder.counts;
  const failed = sent - good - abandoned;
  const worst = Object.entries(loadRecorder.failures)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 2)
    .map(
      ([why, count]) => `${count} × ${why.startsWith('status 3') ? `${why}, a redirect, which is not followed` : why}`,
    )
    .join(', ');
  const undecided = (sentence: string): Conclusion => ({ exitCode: exitCodes.inconclusive, sentence });
  if (stopped?.why === 'interrupted') return undecided('Interrupted: these are the requests until then.');
  if (stopped?.why === 'rate-limited') {
    return undecided(`The target defended itself, so the load was stopped: ${stopped.message}.`);
  }
  if (good === 0) {
    return undecided(`Nothing was served: not one of ${sent} requests to ${url} ended well (${worst}).`);
  }
  if (stopped !== null) return undecided(`The load was stopped before its time: ${stopped.message} (${worst}).`);
  if (!generator.kept) {
    const { achievedPerSecond, intendedPerSecond } = generator;
    const rates = `${achievedPerSecond.toFixed(1)}/s${intendedPerSecond === null ? '' : ` instead of ${intendedPerSecond}/s`}`;
    return undecided(
      `The stated load was not put on: ${rates}, ${abandoned} requests without an end. The numbers are not the target's.`,
    );
  }
  if (generator.intendedPerSecond !== null && isSaturated(generator)) {
    return undecided(
      `The generator was saturated (${generator.cpu.toFixed(2)} of its one core): answers waited for it. The times are not the target's; state a lower --rate.`,
    );
  }
  if (generator.intendedPerSecond === null)
    return { exitCode: exitCodes.go, sentence: throughput({ good, durationMs, cpu: generator.cpu }, failed, worst) };
  const sentence =
    failed === 0
      ? `The load ran as intended, and all ${sent} requests ended well.`
      : `The load ran as intended; ${failed} of ${sent} requests failed (${worst}).`;
  return { exitCode: exitCodes.go, sentence };
}

/** A closed loop measures throughput, not what people wait, and the sentence says so. */
function throughput(
  { good, durationMs, cpu }: { readonly good: number; readonly durationMs: number; readonly cpu: number },
  failed: number,
  worst: string,
): string {
  const limit = !isSaturated({ cpu })
    ? ''
    : `, but the generator was busy itself (${cpu.toFixed(2)} cores), so it may be its own`;
  const failures = failed === 0 ? 'none of the requests failed' : `${failed} requests failed (${worst})`;
  // A fast 500 does not count as served.
  const perSecond = ((good * 1000) / durationMs).toFixed(0);
  return `The throughput was ${perSecond} good answers a second${limit}; ${failures}. A closed loop waits for a slow target instead of asking, so this is not what people wait: state a --rate for that.`;
}
