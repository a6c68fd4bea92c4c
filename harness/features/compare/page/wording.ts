/** The words and the order that all documents of a comparison share. */

import { formatChange, formatConfidence, formatGrowth, formatInterval, formatValue } from '../../../lib/format.ts';
import {
  type ComparedChange,
  type ComparedCriterion,
  type ComparedPart,
  type ComparedValue,
  type ComparisonReport,
  type ComparisonVerdict,
  directionOf,
  type EffectSize,
  type NotCompared,
} from '../../../model/comparison.ts';
import { asSentence, counted } from '../../../report/wording.ts';

export const comparisonVerdictWords: { readonly [verdict in ComparisonVerdict]: string } = {
  'nothing-worse': 'Nothing worse',
  worse: 'Worse',
  undecided: 'Undecided',
};

/** What a part came to, in a word. */
export type Direction = 'worse' | 'better' | 'undecided' | 'same';

export function directionWord(part: Pick<ComparedPart, 'outcome' | 'worse'>): Direction {
  return directionOf(part) ?? (part.outcome === 'same' ? 'same' : 'undecided');
}

/** What is worse first, then what is open, then what became better; advice after what decides. */
export function worstFirst(criteria: readonly ComparedCriterion[]): readonly ComparedCriterion[] {
  return criteria.toSorted((one, other) => rankOf(one) - rankOf(other));
}

const order: readonly Direction[] = ['worse', 'undecided', 'better', 'same'];

function rankOf(criterion: ComparedCriterion): number {
  return order.indexOf(directionWord(criterion)) * 2 + (criterion.severity === 'advisory' ? 1 : 0);
}

/** How many of each, in a sentence. */
export function comparisonHeadline({ criteria }: ComparisonReport): string {
  if (criteria.length === 0) return 'Nothing was compared.';
  const counts = order
    .map((word) => ({ word, count: criteria.filter((one) => directionWord(one) === word).length }))
    .filter(({ count }) => count > 0)
    .map(({ word, count }) => `${count} ${word}`);
  return `Of ${counted(criteria.length, 'criterion', 'criteria')}: ${counts.join(', ')}.`;
}

export function comparisonMeaning({ verdict, criteria }: ComparisonReport): string {
  switch (verdict) {
    case 'worse':
      return 'Something that decides became worse, by more than what is negligible.';
    case 'undecided':
      return 'Nothing that decides is worse for sure, but not everything could be told.';
    case 'nothing-worse': {
      const open = criteria.some((one) => directionWord(one) === 'undecided' && one.severity === 'blocking');
      return open ? 'What is undecided is at worst negligibly worse.' : 'Whatever decides is the same or better.';
    }
  }
}

/** Which two, and how they were measured. */
export function designText({ comparison: { design }, before, after }: ComparisonReport): string {
  const sides = `${sideName(before)} → ${sideName(after)}`;
  if (design.kind === 'apart') return `${sides}, two saved runs`;
  const { planned, measured } = design.blocks;
  const blocks = planned === measured ? counted(planned, 'block', 'blocks') : `${measured} of ${planned} blocks`;
  return `${sides}, measured in turn in ${blocks}`;
}

function sideName({ name, target }: ComparisonReport['before']): string {
  return target.release === 'unknown' ? name : `${name} (${target.release})`;
}

export function errorText({ errorBudget, criteria }: ComparisonReport): string {
  const { falseGo, falseNoGo } = errorBudget;
  return `Where nothing changed, at most ${formatValue(falseNoGo, 'ratio')} of comparisons call ${criteria.length === 1 ? 'their criterion' : `any of their ${criteria.length} criteria`} different (Holm); each "same" is wrong at most ${formatValue(falseGo, 'ratio')} of the time.`;
}

export function negligibleText({ negligible: { ofValue, ofLimit } }: ComparisonReport): string {
  return `Negligible is a change by less than ${formatValue(ofValue, 'ratio')} of the value, or ${formatValue(ofLimit, 'ratio')} of the limit.`;
}

/** A dash where nothing was measured. */
export function valueText(value: ComparedValue | null): string {
  return value === null ? '–' : formatValue(value.value, value.unit);
}

/** `+24.1 ms (+10.4 %)`; a change of a share has no share of its own. */
export function changeText(change: ComparedChange | null): string {
  if (change === null) return '–';
  const { value, unit, ofBefore } = change;
  const share = ofBefore === null || unit === 'ratio' || value === 0 ? '' : ` (${formatGrowth(ofBefore)})`;
  return `${formatChange(value, unit)}${share}`;
}

/** Only the share where there is one: for narrow columns. */
export function shortChangeText(change: ComparedChange | null): string {
  if (change === null) return '–';
  const { value, unit, ofBefore } = change;
  if (unit === 'ratio') return formatChange(value, unit).replace('% points', 'pts');
  return ofBefore === null || unit === 'count' ? formatChange(value, unit) : formatGrowth(ofBefore);
}

export function intervalText(change: ComparedChange | null): string {
  return change?.interval === undefined ? '' : formatInterval(change.interval, change.unit);
}

/** How far the row is to be trusted; what was counted whole needs no confidence. */
export function confidenceText(change: ComparedChange | null): string {
  if (change === null) return '–';
  return change.confidence === undefined ? 'counted' : formatConfidence(change.confidence);
}

export function effectText(effect: EffectSize | null): string {
  if (effect === null) return '–';
  const name = effect.kind === 'cliffs-delta' ? 'Cliff’s δ' : 'Cohen’s h';
  return `${effect.size} (${name} ${effect.value.toFixed(2)})`;
}

export interface NotComparedGroup {
  /** A sentence. */
  readonly reason: string;
  /** Empty where the reader has named the others himself. */
  readonly named: readonly NotCompared[];
}

/** What was not compared, together where the reason is the same. */
export function notComparedByReason({ notCompared }: ComparisonReport): readonly NotComparedGroup[] {
  return [...Map.groupBy(notCompared, ({ reason }) => reason)].map(([reason, all]) => {
    const text = asSentence(`${reason.charAt(0).toUpperCase()}${reason.slice(1)}`);
    return reason.toLowerCase() === 'left out by --only'
      ? { reason: `${counted(all.length, 'criterion', 'criteria')} left out by --only.`, named: [] }
      : { reason: text, named: all };
  });
}

/** Times that were measured in turn are those of quiet visits, whatever the criterion asks for. */
export function tableNote({ comparison: { design } }: ComparisonReport): string {
  return design.kind === 'apart'
    ? 'Each as its criterion states it.'
    : 'Visits by their median, loads by their criterion’s percentile, each the middle of all blocks; the change is that of the pairs.';
}
