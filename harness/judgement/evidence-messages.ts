/** The sentences about missing evidence, about quality issues, and about several parts together. */
import type { Criterion } from '../model/criterion.ts';
import type { Measurement, QualityIssue, QualityIssueCode } from '../model/evidence.ts';
import type { JudgedPart } from './judged-part.ts';
import type { Explanation } from './wording.ts';

export function baselineUnavailable(why: string): Explanation {
  return { message: `What it is to be compared with is not known: ${why}.`, needs: 'a store that answers' };
}

interface Missing {
  readonly probeRan: boolean;
  readonly qualityIssues: readonly QualityIssue[];
}

export function noEvidence({ sli, probe }: Criterion, { probeRan, qualityIssues }: Missing): Explanation {
  const why = probeRan ? `the probe ${probe} did not bring it` : `the probe ${probe} brought no evidence at all`;
  if (qualityIssues.length > 0) {
    return { message: `${sli} was not measured: ${sentencesOf(qualityIssues)}`, needs: needsWithout(qualityIssues) };
  }
  return { message: `${sli} was not measured: ${why}.`, needs: `a run in which the probe ${probe} measures ${sli}` };
}

const kinds: { readonly [kind in Measurement['kind']]: string } = {
  timings: 'single timings',
  distribution: 'a distribution of timings',
  ratio: 'a ratio',
  occurrences: 'a count of occurrences',
  checks: 'checks',
  growth: 'a growth against a baseline',
};

const fitting: { readonly [kind in Criterion['statistic']['kind']]: string } = {
  percentile: 'timings, and single ones where it has groups or a limit on long tasks',
  change: 'timings that the baseline has as well, of the same kind',
  ratio: 'a ratio',
  count: 'a count of occurrences',
  all: 'checks',
  growth: 'a growth against a baseline',
};

export function wrongKind({ sli, statistic }: Criterion, { kind }: Measurement): Explanation {
  const wanted = fitting[statistic.kind];
  return {
    message: `The criterion does not fit what is measured: its statistic "${statistic.kind}" is for ${wanted}, but ${sli} is ${kinds[kind]}. This is a mistake in the configuration.`,
    needs: `a criterion whose statistic is for ${kinds[kind]}, or another SLI`,
  };
}

export function unreliable(message: string, qualityIssues: readonly QualityIssue[]): string {
  return `Not to be relied on: ${sentencesOf(qualityIssues)} What was measured all the same: ${message}`;
}

export function withQualityIssuesNoted(message: string, qualityIssues: readonly QualityIssue[]): string {
  return `${message} Note: ${sentencesOf(qualityIssues)}`;
}

const remedies: { readonly [code in QualityIssueCode]: string } = {
  'target-unreachable': 'a target that answers throughout the run',
  'probe-crashed': 'a probe that comes to its end',
  interrupted: 'a run that is not interrupted',
  'schedule-not-kept': 'a machine that keeps the load schedule, or a lower rate',
  'generator-saturated': 'a machine with more to spare for the load generator, or a lower rate',
  'machine-unknown': 'a calibration of this machine that comes to its end',
  'nothing-served': 'good answers: look at the address, the credentials and the target itself',
  'rate-limited': 'a rate that the target allows',
  'load-stopped': 'a target that bears the load until its end',
  'signal-absent': 'a target that offers the signal which the configuration names',
  'control-not-seen': 'a probe that sees what is planted for it',
  'counted-in-part': 'all of what is counted to come through',
  'scenario-crashed': 'a scenario that comes to its end on every visit',
  'command-not-runnable': 'the tools and the folders that the commands need',
  'command-timed-out': 'commands that end within their time limits',
  'no-baseline': 'a baseline of the same measurement',
  'request-ceiling': 'a profile whose bounds allow more requests, or asks for fewer',
  'out-of-time': 'a target that answers faster, or a profile whose bounds give more time',
  'scenario-stopped': 'a scenario whose steps are painted, so that it can visit as often as planned',
};

export function needsWithout(qualityIssues: readonly QualityIssue[]): string {
  return [...new Set(qualityIssues.map(({ code }) => remedies[code]))].join('; ');
}

export function ofSeveral(decisive: JudgedPart, parts: readonly JudgedPart[]): string {
  const { label, message, outcome: decided } = decisive;
  const sentence = message.startsWith(label) ? message : `${label}: ${message}`;
  if (decided === 'pass') return `All ${parts.length} parts hold. Nearest to its limit: ${sentence}`;
  const numberOf = (outcome: JudgedPart['outcome']) => parts.filter((part) => part.outcome === outcome).length;
  return `${sentence} Of ${parts.length} parts, ${numberOf('fail')} failed, ${numberOf('inconclusive')} undecided, ${numberOf('pass')} passed.`;
}

function sentencesOf(qualityIssues: readonly QualityIssue[]): string {
  return qualityIssues.map(({ message }) => `${message.trim().replace(/\.$/, '')}.`).join(' ');
}
