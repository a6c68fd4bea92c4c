/**
 * Chooses the steps that roll one layer back, by the checklist's rules. Remedies are enough where they cover all failed
 * criteria. Otherwise the whole layer is rolled back, without a remedy: `kubectl set env` makes a revision of its own, so that
 * a later `rollout undo` would bring the faulty version back.
 */

import { missingIn, type Values } from '../../lib/template.ts';
import type { RollbackStep, RollbackStepPolicy } from '../../model/rollback.ts';

export type Layer = RollbackStep['layer'];

export interface Choice {
  readonly steps: readonly RollbackStepPolicy[];
  /** Why a remedy was not chosen, and what the steps leave open. */
  readonly notes: readonly string[];
}

export interface LayerInTrouble {
  readonly layer: Layer;
  /** Ids of the failed criteria that concern it; empty where an operator named the layer. */
  readonly failed: readonly string[];
  readonly values: Values;
}

/** The steps that look, then either the remedies or the steps that undo the whole layer. */
export function chooseSteps(all: readonly RollbackStepPolicy[], { layer, failed, values }: LayerInTrouble): Choice {
  const own = all.filter((step) => step.layer === layer);
  const concerns = ({ when }: RollbackStepPolicy): boolean => when.some((id) => failed.includes(id));
  const looks = own.filter((step) => step.role === 'look' && (step.when.length === 0 || concerns(step)));
  const undo = own.filter(({ role }) => role === 'undo');
  const remedies = own.filter((step) => step.role === 'remedy' && concerns(step));
  const uncovered = failed.filter((id) => !remedies.some(({ when }) => when.includes(id)));
  const unready = remedies.flatMap((step) => whyNotReady(step, values));
  const isEnough = remedies.length > 0 && uncovered.length === 0 && unready.length === 0;
  if (isEnough) return { steps: [...looks, ...remedies], notes: [] };
  if (undo.length > 0) return { steps: [...looks, ...undo], notes: whyAll(remedies, { uncovered, unready }) };
  const open = remedies.length > 0 && uncovered.length > 0 ? [`No step is for ${uncovered.join(', ')}.`] : [];
  return { steps: [...looks, ...remedies], notes: [...open, ...unready] };
}

/** Why a remedy was not chosen; empty without a remedy. */
function whyAll(
  remedies: readonly RollbackStepPolicy[],
  { uncovered, unready }: { readonly uncovered: readonly string[]; readonly unready: readonly string[] },
): readonly string[] {
  if (remedies.length === 0) return [];
  if (uncovered.length === 0) return unready;
  const named = remedies.map(({ title }) => `"${title}"`).join(' and ');
  return [`${named} would not be enough: it is not for ${uncovered.join(', ')}.`];
}

function whyNotReady({ title, command }: RollbackStepPolicy, values: Values): readonly string[] {
  const missing = missingIn(command ?? '', values);
  if (missing.length === 0) return [];
  const names = missing.map((name) => `{${name}}`).join(' and ');
  return [`"${title}" would be the shorter way, but nobody said what ${names} is: rollback.values has its place.`];
}
