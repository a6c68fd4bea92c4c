/** How soon the watch detects a fault, and how often it raises a false alert: simulated watches, seeded. */

import { type DetectorRule, isRaised, look, startDetector } from '../harness/judgement/sequential/change-detector.ts';
import { median, percentile } from '../harness/lib/percentile.ts';
import { randomFrom } from './random.ts';

/** As the shipped configuration has it: 80 requests every 30 s for two hours, seven watchpoints with an alert limit. */
const looks = 241;
const perLook = 80;
const faultAt = 80;
const falseAlerts = 0.01 / 7;
const watches = 200;

interface Scenario {
  readonly title: string;
  readonly bound: number;
  readonly healthy: number;
  readonly faults: readonly number[];
}

const scenarios: readonly Scenario[] = [
  { title: 'errors, alert limit 2 %', bound: 0.02, healthy: 0.001, faults: [0.03, 0.05, 0.1, 0.2, 0.5, 1] },
  { title: 'answers over 500 ms, p95', bound: 0.05, healthy: 0.002, faults: [0.08, 0.15, 0.3, 0.5, 1] },
  { title: 'misses, hit rate under 40 %', bound: 0.6, healthy: 0.25, faults: [0.7, 0.8, 0.9, 1] },
];

/** The look at which an alert is raised; null when none is. */
function raisedAt(rule: DetectorRule, shareAt: (at: number) => number, seed: number): number | null {
  const random = randomFrom(seed);
  let detector = startDetector(rule);
  for (let at = 0; at < looks; at += 1) {
    let hits = 0;
    for (let one = 0; one < perLook; one += 1) if (random() < shareAt(at)) hits += 1;
    detector = look(detector, rule, { hits, exposure: perLook, at });
    if (isRaised(detector, rule)) return at;
  }
  return null;
}

const seeds = Array.from({ length: watches }, (_, index) => index + 1);
for (const { title, bound, healthy, faults } of scenarios) {
  const rule: DetectorRule = { bound: { kind: 'share', value: bound }, against: 'more', looks, falseAlerts };
  const falsely = (share: number) => seeds.filter((seed) => raisedAt(rule, () => share, seed) !== null).length;
  console.log(`\n${title}`);
  console.log(
    `  false alerts: healthy ${falsely(healthy)} of ${watches}, exactly at the limit ${falsely(bound)} of ${watches}`,
  );
  for (const fault of faults) {
    const raised = seeds.map((seed) => raisedAt(rule, (at) => (at < faultAt ? healthy : fault), seed));
    const seconds = raised.flatMap((at) => (at === null || at < faultAt ? [] : [(at - faultAt) * 30]));
    const words =
      seconds.length === 0 ? '' : `, after ${median(seconds)} s (median), ${percentile(seconds, 95)} s (95 %)`;
    console.log(
      `  ${(fault * 100).toFixed(0).padStart(3)} % from minute 40 on: detected in ${seconds.length} of ${watches}${words}`,
    );
  }
}
