/** What is to be known of a rollback plan, in the words and the order of every document. */
import { defined } from '../lib/defined.ts';
import { formatDuration } from '../lib/format.ts';
import type { RollbackPlan, RollbackStep } from '../model/rollback.ts';
import { counted } from './wording.ts';

/** One thing to know of a step; `undo` is a command that belongs to it. */
export interface StepFact {
  readonly term: string;
  readonly text: string;
  readonly undo?: string;
}

/** How much there is to do: `Roll back backend and frontend: 3 steps, about 8 min`. */
export function planHeadline(plan: RollbackPlan): string {
  const { scope } = plan;
  if (scope === 'none') return 'Nothing is to be rolled back';
  return `Roll back ${scope === 'both' ? 'backend and frontend' : `the ${scope}`}: ${extentText(plan)}`;
}

/** `3 steps, about 8 min (1 states no time)`. */
function extentText({ steps, takesMs }: Pick<RollbackPlan, 'steps' | 'takesMs'>): string {
  const count = counted(steps.length, 'step', 'steps');
  if (takesMs === undefined) return count;
  const silent = steps.filter((step) => step.takesMs === undefined).length;
  return `${count}, ${aboutText(takesMs)}${silent === 0 ? '' : ` (${counted(silent, 'states', 'state')} no time)`}`;
}

/** What a step is, in a word each: `backend`, `remedy`, `about 3 min`. */
export function stepTags({ layer, role = 'undo', takesMs }: RollbackStep): readonly string[] {
  return [layer, ...(role === 'undo' ? [] : [role]), ...(takesMs === undefined ? [] : [aboutText(takesMs)])];
}

/** Somebody's estimate is not exact to the second. */
function aboutText(durationMs: number): string {
  if (durationMs < 60_000) return `about ${Math.round(durationMs / 1000)} s`;
  const minutes = Math.round(durationMs / 60_000);
  return `about ${minutes < 60 ? `${minutes} min` : formatDuration(minutes * 60_000)}`;
}

/** In the order in which whoever carries it out needs to know. What nobody stated of a step that acts is said, too. */
export function stepFacts(step: RollbackStep): readonly StepFact[] {
  const { role = 'undo', effect, verify, proves = [], reversible } = step;
  const acts = role !== 'look';
  return [
    ...(effect === undefined ? [] : [{ term: 'Effect', text: effect }]),
    { term: 'Then', text: verify },
    ...(proves.length === 0 ? [] : [{ term: 'Measured after it', text: proves.join(', ') }]),
    ...(reversible === undefined
      ? acts
        ? [{ term: 'Reversible', text: 'the configuration does not say' }]
        : []
      : [
          {
            term: 'Reversible',
            text: reversible.note,
            ...defined({ undo: reversible.undo }),
          },
        ]),
    readinessOf(step),
  ];
}

/** Whether it was proved that the step can be carried out, and why not. */
export function readinessOf({ command, armed, armedBecause }: RollbackStep): StepFact {
  if (command === undefined)
    return { term: 'By hand', text: 'a person does it, and nothing could prove it beforehand' };
  if (armed === undefined) return { term: 'Not verified', text: 'this report does not say whether anybody checked it' };
  return { term: armed ? 'Verified' : 'Not verified', text: armedBecause ?? 'without a reason' };
}
