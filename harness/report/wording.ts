/** The words and the order every renderer shares, so that no two documents of a run differ in what they say. */
import { formatInterval, formatLimit, formatValue, formatValueBeside, instantText } from '../lib/format.ts';
import type { ChecklistRun } from '../model/checklist-run.ts';
import type { Waiver } from '../model/criterion.ts';
import { decides, type Finding, type Observed } from '../model/finding.ts';
import type { GateReport, NotExercised, NotProven, SuccessCriterionResult } from '../model/gate-report.ts';
import type { Outcome, Verdict } from '../model/outcome.ts';
import type { RollbackPlan } from '../model/rollback.ts';
import { noFaultName } from '../model/run.ts';

export { instantText };

export const verdictWords: { readonly [verdict in Verdict]: string } = {
  go: 'Go',
  inconclusive: 'Inconclusive',
  'no-go': 'No-go',
};

export const outcomeWords: { readonly [outcome in SuccessCriterionResult['outcome']]: string } = {
  pass: 'pass',
  inconclusive: 'inconclusive',
  fail: 'fail',
  'not-exercised': 'not checked',
};

/** What decides against the rollout first: blocking failures, blocking doubts, then the advisory ones, then what passed. */
export function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((a, b) => rankOf(a) - rankOf(b));
}

function rankOf(finding: Finding): number {
  switch (finding.outcome) {
    case 'fail':
      return decides(finding) ? 0 : 2;
    case 'inconclusive':
      return decides(finding) ? 1 : 3;
    case 'pass':
      return 4;
  }
}

/** What decided the verdict, in a sentence. */
export function headline({ verdict, findings }: GateReport): string {
  const blocking = findings.filter(decides);
  const having = (outcome: Outcome) => blocking.filter((finding) => finding.outcome === outcome).length;
  const criteria = counted(blocking.length, 'blocking criterion', 'blocking criteria');
  if (blocking.length === 0) return 'Nothing that decides was judged.';
  switch (verdict) {
    case 'go':
      return `Passed: all of ${criteria}.`;
    case 'no-go': {
      const open = having('inconclusive');
      return `Failed: ${having('fail')} of ${criteria}${open > 0 ? `; ${open} could not be decided` : ''}.`;
    }
    case 'inconclusive':
      return `Undecided: ${having('inconclusive')} of ${criteria}; none failed.`;
  }
}

/** That a run says nothing of its target, because a drill had its hand in it; null for every other run. */
export function drillMarkText({ run: { drill, target } }: Pick<GateReport, 'run'>): string | null {
  if (drill === undefined) return null;
  const { fault, proxyOf } = drill;
  const planted = fault === noFaultName ? 'with no fault in it' : `which planted ${fault}`;
  const how =
    proxyOf === undefined
      ? `a drill planted ${fault} in it`
      : `the fault proxy of a drill stood before ${proxyOf.web} and ${proxyOf.api}, ${planted}`;
  return `Part of a drill, and no run of ${target.name} as it is: ${how}.`;
}

/** What a document's title says was judged: `staging 1.4.0`. */
export function subjectText({ run: { drill, target } }: Pick<GateReport, 'run'>): string {
  return `${drill === undefined ? '' : 'drill of '}${target.name} ${target.release}`;
}

/** When the criterion was last proved to fail, in a sentence; null where nobody asked. */
export function proofText({ proof }: Pick<Finding, 'proof'>): string | null {
  if (proof === undefined) return null;
  if (proof.status === 'never') return 'Never: no drill has turned it red yet.';
  const { at, target, faults, smallest } = proof;
  const day = at.slice(0, 10);
  const against = target === undefined ? '' : ` against ${target}`;
  switch (proof.status) {
    case 'fired': {
      const least = smallest === undefined ? '' : `; the smallest that was caught: ${smallest}`;
      return `On ${day}${against}, by ${faults.join(', ')}${least}.`;
    }
    case 'missed':
      return `No longer: in the drill of ${day}${against} it was not red where it had to be, or red where it had not.`;
    case 'stale':
      return `Not as it is now: it was on ${day}${against}, but ${proof.because}.`;
  }
}

/** How many criteria are proved to fail where they must, in a sentence; null where nobody asked. */
export function proofsText({ findings, run }: GateReport): string | null {
  const asked = findings.filter(({ proof }) => proof !== undefined);
  if (asked.length === 0) return null;
  const fired = asked.flatMap(({ proof }) => (proof?.status === 'fired' ? [proof] : []));
  const rest =
    fired.length < asked.length ? ' Of the others this report cannot say that they would have been red.' : '';
  const elsewhere = fired.filter(({ target }) => target !== undefined && target !== run.target.name);
  const places = [...new Set(elsewhere.map(({ target }) => target))].join(', ');
  const other =
    elsewhere.length === 0 ? '' : `, ${elsewhere.length} of them not against ${run.target.name} but ${places}`;
  return `Proved by a drill to go red: ${fired.length} of ${counted(asked.length, 'criterion', 'criteria')}${other}.${rest}`;
}

/** Who set a criterion aside and until when, and which waivers are over: nobody should have to look for that. */
export function waiverSentences({ findings, expiredWaivers }: GateReport): readonly string[] {
  const inForce = findings.flatMap(({ waived, outcome }) =>
    waived === undefined
      ? []
      : [
          asSentence(
            `Waived: ${waiverText(waived)}. It would be ${outcomeWords[outcome]}; the reason given: ${waived.reason}`,
          ),
        ],
  );
  const over = expiredWaivers.map((waiver) => `A waiver is over, and its criterion counts: ${waiverText(waiver)}.`);
  return [...inForce, ...over];
}

function waiverText({ criterion, owner, until }: Waiver): string {
  return `${criterion}, by ${owner} until ${until}`;
}

/** How often a verdict like this one may be wrong, as the configuration states it. */
export function errorBudgetText({ falseGo, falseNoGo }: GateReport['errorBudget']): string {
  const share = (part: number): string => formatValue(part, 'ratio');
  return `At most ${share(falseGo)} of gates say go although one limit is violated, and ${share(falseNoGo)} no-go although all are kept.`;
}

/** How exact this machine is, in a sentence. */
export function machineNoiseText({ calibratedAt, timingsRatio, loadsMs }: GateReport['machineNoise']): string {
  if (calibratedAt === null) return "This machine's noise floor was not measured.";
  const floors = [
    ...(timingsRatio === null ? [] : [`${formatValue(timingsRatio, 'ratio')} of a browser timing`]),
    ...(loadsMs === null ? [] : [`${formatValue(loadsMs, 'ms')} of a load's p95`]),
  ];
  const floor = floors.length === 0 ? 'not known' : floors.join(', ');
  return `This machine's noise floor: ${floor} (calibrated ${instantText(calibratedAt)}).`;
}

/** What is said of a threshold that the observed value lies beyond; null when there is nothing to say. */
export function thresholdNote({ outcome, alerting, alert, warning, warn }: Finding): string | null {
  if (alerting && alert !== undefined) return `Beyond the alert threshold of ${formatLimit(alert)}.`;
  if (warning && warn !== undefined && outcome === 'pass') {
    return `Within its limit, but beyond the warning threshold of ${formatLimit(warn)}.`;
  }
  return null;
}

/** Whether a finding is more than a pass with nothing to add. */
export function isWorthAWord(finding: Finding): boolean {
  return finding.outcome !== 'pass' || thresholdNote(finding) !== null;
}

/** Why a finding does not take part in the verdict, in a word; null when it does. */
export function sideRole({ severity, waived }: Finding): 'waived' | 'advisory' | null {
  if (waived !== undefined) return 'waived';
  return severity === 'advisory' ? 'advisory' : null;
}

/** What a success criterion came to: a pass that leaves something unchecked is one in part. */
export function rowOutcome({ outcome, notExercised }: SuccessCriterionResult): string {
  return outcome === 'pass' && notExercised.length > 0 ? 'pass in part' : outcomeWords[outcome];
}

/** How many success criteria were met, and how many of the others at least in part. */
export function rowsMet(rows: readonly SuccessCriterionResult[]): string {
  const passed = rows.filter(({ outcome }) => outcome === 'pass');
  const whole = passed.filter(({ notExercised }) => notExercised.length === 0).length;
  const inPart = passed.length - whole;
  return `${whole} of ${rows.length} met${inPart > 0 ? `, ${inPart} in part` : ''}`;
}

/** What was not checked, together where the reason is the same. */
export function notCheckedByReason({
  notExercised,
}: GateReport): readonly (readonly [string, readonly NotExercised[]])[] {
  return [...Map.groupBy(notExercised, ({ reason }) => reason)];
}

/** What was not proved to be seen, together where the reason is the same. */
export function notProvenByReason({ notProven }: GateReport): readonly (readonly [string, readonly NotProven[]])[] {
  return [...Map.groupBy(notProven, ({ reason }) => reason)];
}

/** The probe and its control: `logs-api: marker`. */
export function controlName({ probe, control }: NotProven): string {
  return `${probe}: ${control}`;
}

/** What the reader should do about it. */
export function whatToDo({ verdict, rollback, notExercised, footprint }: GateReport): string {
  switch (verdict) {
    case 'go':
      if (footprint !== undefined) return footprint.goMeans;
      return notExercised.length > 0
        ? 'Ramp, knowing what was not checked.'
        : 'Ramp. Everything the rollout asks for was checked.';
    case 'no-go':
      return rollback.scope === 'none'
        ? 'Do not ramp.'
        : `Do not ramp. If it is live, roll back ${rollbackLayers(rollback)} with these steps.`;
    case 'inconclusive':
      return 'This is not a pass. Do not ramp before these are decided.';
  }
}

/** What a bounded run took; null of any other. */
export function footprintText({ footprint, run }: Pick<GateReport, 'footprint' | 'run'>): string | null {
  if (footprint === undefined) return null;
  const { requests, maxRequests, withinMs } = footprint;
  const seconds = (Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000;
  return `Asked the target ${formatCount(requests)} requests, of at most ${formatCount(maxRequests)}, and took ${seconds.toFixed(0)} s; measuring ends after ${withinMs / 1000} s.`;
}

/** What people answered for before the run, a sentence for each checklist. It decides nothing here. */
export function walkSentences({ checklistRuns = [] }: Pick<GateReport, 'checklistRuns'>): readonly string[] {
  return checklistRuns.map(({ list, startedAt, finishedAt, answers }) => {
    const having = (wanted: ChecklistRun['answers'][number]['outcome']) =>
      answers.filter(({ outcome }) => outcome === wanted);
    const people = [...new Set(answers.map(({ by }) => by))].join(' and ');
    const [failed, open] = [having('failed'), having('not-done')];
    const titles = (some: ChecklistRun['answers']): string => some.map(({ title }) => title).join('; ');
    return [
      `Checklist ${list}, ${finishedAt === null ? `begun ${instantText(startedAt)} and not finished` : `finished ${instantText(finishedAt)}`}: ${having('done').length} done${people === '' ? '' : `, by ${people}`}.`,
      ...(failed.length === 0 ? [] : [`Failed: ${titles(failed)}.`]),
      ...(open.length === 0 ? [] : [`Not done: ${titles(open)}.`]),
    ].join(' ');
  });
}

function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

function rollbackLayers({ scope }: RollbackPlan): string {
  switch (scope) {
    case 'none':
      return 'nothing';
    case 'both':
      return 'backend and frontend';
    case 'backend':
    case 'frontend':
      return `the ${scope}`;
  }
}

/** Whether the rollback plan was proved, in words that cannot be read the other way. */
export function rollbackReadiness({ armed, armedBecause }: Pick<RollbackPlan, 'armed' | 'armedBecause'>): string {
  return `${armed ? 'The rollback is proved to work' : 'The rollback is not proved to work'}: ${armedBecause}`;
}

/** The observed value beside its limit, or a dash where nothing was observed. */
export function observedText({ observed, limit }: Pick<Finding, 'limit'> & { readonly observed?: Observed }): string {
  return observed === undefined ? '–' : formatValueBeside(observed.value, { ...limit, unit: observed.unit });
}

/** The interval with its unit, or nothing where the value is exact. */
export function intervalText(observed: Observed | undefined): string {
  return observed?.interval === undefined ? '' : formatInterval(observed.interval, observed.unit);
}

/** `1 visit`, `3 visits`. */
export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** The text with a full stop, unless it ends like a sentence already. */
export function asSentence(text: string): string {
  return /[.!?…]\s*$/.test(text) ? text.trimEnd() : `${text.trimEnd()}.`;
}

export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Whether it is about how much something differs from a baseline. */
export function isOfChange({ observed }: Finding): boolean {
  return observed?.statistic.startsWith('change of ') === true;
}
