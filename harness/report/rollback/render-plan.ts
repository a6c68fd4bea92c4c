/** A way back for a terminal: what leads to it, its steps whole enough to copy, and whom to ask if it does not help. */
import { styleText } from 'node:util';
import { formatDuration } from '../../format.ts';
import type { RollbackPlan, RollbackStep } from '../../model.ts';
import { oneLine, plainText } from '../plain-text.ts';
import { wrap } from '../terminal-text.ts';
import { asSentence, counted, rollbackReadiness } from '../wording.ts';

export interface PlanPage {
  readonly width: number;
  readonly colour: boolean;
}

/** What the plan belongs to, in words: the run with its day, or who asked for it. */
export function renderPlan(plan: RollbackPlan, belongsTo: string, page: PlanPage): string {
  const { because, notes = [], escalation = [] } = plan;
  const led = because.length === 0 ? '' : ` Led here by ${because.join(', ')}.`;
  const sections = [
    [
      bold(headline(plan), page),
      ...indented(`${belongsTo}.${led}`, 0, page),
      ...indented(rollbackReadiness(plan), 0, page),
    ],
    notes.flatMap((note) => indented(asSentence(note), 0, page)),
    plan.steps.flatMap((step, index) => stepLines(step, index + 1, page)),
    escalation.length === 0
      ? []
      : ['If it does not help', ...escalation.flatMap((one) => indented(`${one.to}. ${one.how}`, 2, page))],
  ];
  return `${sections
    .filter((section) => section.length > 0)
    .map((section) => section.join('\n'))
    .join('\n\n')}\n`;
}

function headline({ scope, steps, takesMs }: RollbackPlan): string {
  if (scope === 'none') return 'Nothing is to be rolled back';
  const layers = scope === 'both' ? 'backend and frontend' : `the ${scope}`;
  const time = takesMs === undefined ? '' : `, about ${formatDuration(takesMs)}`;
  return `Roll back ${layers}: ${counted(steps.length, 'step', 'steps')}${time}`;
}

/** One step by itself, for whoever is asked about it. */
export function renderStep(step: RollbackStep, number: number, page: PlanPage): string {
  return stepLines(step, number, page).join('\n');
}

/** One step; its command is never broken, so that it can be copied. */
function stepLines(step: RollbackStep, number: number, page: PlanPage): readonly string[] {
  const { title, layer, role = 'undo', command, effect, verify, proves = [], reversible, takesMs } = step;
  const facts = [
    layer,
    ...(role === 'undo' ? [] : [role]),
    ...(takesMs === undefined ? [] : [`about ${formatDuration(takesMs)}`]),
  ];
  const lines = [
    ...(effect === undefined ? [] : [`Effect: ${effect}`]),
    `Then: ${verify}`,
    ...(proves.length === 0 ? [] : [`Measured after it: ${proves.join(', ')}.`]),
    ...(reversible === undefined ? [] : [`Reversible: ${reversible.note}`]),
  ];
  return [
    ...indented(`${number}. ${title} (${facts.join(', ')})`, 2, page),
    ...commandLines(command, page),
    ...lines.flatMap((line) => indented(line, 5, page)),
    ...(reversible?.undo === undefined ? [] : commandLines(reversible.undo, page)),
    ...armedLines(step, page),
  ];
}

function commandLines(command: string | undefined, page: PlanPage): readonly string[] {
  return command === undefined
    ? []
    : plainText(command)
        .split('\n')
        .map((line) => `     ${bold(`$ ${line}`, page)}`);
}

function armedLines({ armed, armedBecause }: RollbackStep, page: PlanPage): readonly string[] {
  if (armed === undefined || armedBecause === undefined) return [];
  return indented(asSentence(`${armed ? 'Armed' : 'Not armed'}: ${armedBecause}`), 5, page);
}

function indented(text: string, indent: number, { width }: PlanPage): readonly string[] {
  return wrap(oneLine(text, 1200), width - indent).map((line) => ' '.repeat(indent) + line);
}

function bold(text: string, { colour }: PlanPage): string {
  return colour ? styleText('bold', text, { validateStream: false }) : text;
}
