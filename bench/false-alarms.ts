/**
 * The gate's false alarms on real evidence: the samples of a saved run of a healthy target, resampled and judged as often as
 * asked. `npm run bench:false-alarms -- reports/latest 200`. Seeded; asserts nothing.
 */
import { resolve } from 'node:path';
import { decide } from '../harness/judgement/decide.ts';
import { bothSides } from '../harness/judgement/errors.ts';
import { judge } from '../harness/judgement/judge.ts';
import { ratioInterval } from '../harness/judgement/ratio-interval.ts';
import { readRun } from '../harness/store/read-run.ts';
import { print, table } from './print-results.ts';
import { randomFrom } from './random.ts';
import { resample } from './resample.ts';

const SEED = 20_261_124;

const [folder = 'reports/latest', count = '200'] = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const gates = Number(count);
const { plan, evidence } = readRun(resolve(folder));
const random = randomFrom(SEED);

const verdicts = { go: 0, inconclusive: 0, 'no-go': 0 };
const open = new Map<string, number>();
for (let gate = 0; gate < gates; gate += 1) {
  const findings = judge(
    plan.criteria,
    evidence.map((one) => resample(one, random)),
    plan.errorBudget,
  );
  verdicts[decide(findings)] += 1;
  for (const { criterion, outcome, severity } of findings) {
    if (outcome !== 'pass' && severity === 'blocking') open.set(criterion, (open.get(criterion) ?? 0) + 1);
  }
}

const rows = (['no-go', 'inconclusive', 'go'] as const).map((verdict) => {
  const [lower, upper] = ratioInterval({ numerator: verdicts[verdict], denominator: gates }, bothSides(0.95));
  const share = `${((100 * verdicts[verdict]) / gates).toFixed(1)}`;
  return [verdict, String(verdicts[verdict]), share, `${(100 * lower).toFixed(1)} to ${(100 * upper).toFixed(1)}`];
});
const text = [
  `${gates} gates from the evidence of ${plan.run.id} (it was ${decide(judge(plan.criteria, evidence, plan.errorBudget))})`,
  '',
  table(['verdict', 'gates', '%', '95 % interval'], rows),
  ...(open.size === 0
    ? []
    : [
        '',
        table(
          ['not passed', 'gates'],
          [...open].map(([id, times]) => [id, String(times)]),
        ),
      ]),
].join('\n');
print('False alarms on resampled evidence', text, { verdicts, open: Object.fromEntries(open) });
