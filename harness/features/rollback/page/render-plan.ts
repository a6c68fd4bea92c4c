/** A rollback plan for a terminal: its reasons, its steps ready to copy, and the escalation. */
import { styleText } from 'node:util';
import type { RollbackPlan, RollbackStep } from '../../../model/rollback.ts';
import { oneLine, plainText } from '../../../report/plain-text.ts';
import { planHeadline, stepFacts, stepTags } from '../../../report/rollback-wording.ts';
import { wrap } from '../../../report/terminal-text.ts';
import { asSentence, rollbackReadiness } from '../../../report/wording.ts';

export interface PlanPage {
  readonly width: number;
  readonly colour: boolean;
}

/** `belongsTo`: the run with its day, or that --scope named it. */
export function renderPlan(plan: RollbackPlan, belongsTo: string, page: PlanPage): string {
  const { because, notes = [], escalation = [] } = plan;
  const led = because.length === 0 ? '' : ` Led here by ${because.join(', ')}.`;
  const sections = [
    [
      bold(planHeadline(plan), page),
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

/** One step by itself, shown before its confirmation. */
export function renderStep(step: RollbackStep, number: number, page: PlanPage): string {
  return stepLines(step, number, page).join('\n');
}

/** One step; its command is never broken, so that it can be copied. */
function stepLines(step: RollbackStep, number: number, page: PlanPage): readonly string[] {
  return [
    ...indented(`${number}. ${step.title} (${stepTags(step).join(', ')})`, 2, page),
    ...commandLines(step.command, page),
    ...stepFacts(step).flatMap(({ term, text, undo }) => [
      ...indented(asSentence(`${term}: ${text}`), 5, page),
      ...commandLines(undo, page),
    ]),
  ];
}

function commandLines(command: string | undefined, page: PlanPage): readonly string[] {
  return command === undefined
    ? []
    : plainText(command)
        .split('\n')
        .map((line) => `     ${bold(`$ ${line}`, page)}`);
}

function indented(text: string, indent: number, { width }: PlanPage): readonly string[] {
  return wrap(oneLine(text, 1200), width - indent).map((line) => ' '.repeat(indent) + line);
}

function bold(text: string, { colour }: PlanPage): string {
  return colour ? styleText('bold', text, { validateStream: false }) : text;
}
