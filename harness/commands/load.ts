/** `rampgate load URL`: the load probe alone. */
import { exitCodes } from '../exit-codes.ts';
import { summariseLoad } from '../probes/load/load-summary.ts';
import { type LoadResult, runLoad } from '../probes/load/run-load.ts';
import type { Shell } from '../shell.ts';
import { interruptible } from './interruptible.ts';
import { type LoadFlags, planLoad } from './plan-load.ts';
import { renderLoad } from './render-load.ts';
import { showProgress } from './show-progress.ts';

/** Runs one load as the flags say; resolves to the exit code: 0 as intended, 2 not kept or nothing served. */
export async function loadCommand(url: string | undefined, flags: LoadFlags, shell: Shell): Promise<number> {
  const plan = planLoad(url, flags, shell);
  const cacheHeaders = plan.cacheHeaders ?? [];
  const interruption = interruptible(shell);
  try {
    const title = `Load at ${plan.ratePerSecond}/s for ${plan.durationMs / 1000} s`;
    const result = await showProgress(shell.terminal)(title, (say) =>
      runLoad(plan, {
        signal: interruption.signal,
        onProgress: (done, planned) => say(`${done} of ${planned} requests`),
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
function concludeLoad({ tally, stopped, generator, sent, abandoned }: LoadResult, url: string): Conclusion {
  const { good } = tally.counts;
  const failed = sent - good - abandoned;
  const worst = Object.entries(tally.failures)
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
    const rates = `${generator.achievedPerSecond.toFixed(1)}/s instead of ${generator.intendedPerSecond}/s`;
    return undecided(
      `The stated load was not put on: ${rates}, ${abandoned} requests without an end. The numbers are not the target's.`,
    );
  }
  const sentence =
    failed === 0
      ? `The load ran as intended, and all ${sent} requests ended well.`
      : `The load ran as intended; ${failed} of ${sent} requests failed (${worst}).`;
  return { exitCode: exitCodes.go, sentence };
}
