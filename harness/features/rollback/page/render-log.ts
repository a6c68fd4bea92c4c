/** What came of an execution, for a terminal. */
import type { RollbackPlan } from '../../../model/rollback.ts';
import { oneLine } from '../../../report/plain-text.ts';
import { wrap } from '../../../report/terminal-text.ts';
import { asSentence } from '../../../report/wording.ts';
import { hasActed, type LoggedStep, type RollbackLog } from '../log.ts';

const outcomeWords: { readonly [outcome in RollbackLog['outcome']]: string } = {
  running: 'NOT ENDED',
  done: 'ROLLED BACK',
  stopped: 'STOPPED',
  left: 'LEFT UNDONE',
  interrupted: 'INTERRUPTED',
};

/** The states as people read them. */
const stateWords: { readonly [state in LoggedStep['state']]: string } = {
  running: 'not ended',
  verified: 'verified',
  looked: 'looked',
  'done-before': 'done before',
  failed: 'FAILED',
  'not-verified': 'NOT VERIFIED',
  skipped: 'skipped',
  declined: 'declined',
  'not-run': 'not run',
};

/** Each step with what came of it; where it did not work, how it is taken back, and whom to ask. */
export function renderLog(
  { outcome, because, steps }: RollbackLog,
  { escalation = [] }: Pick<RollbackPlan, 'escalation'>,
  { width }: { readonly width: number },
): string {
  const lines = (text: string, indent: number): readonly string[] =>
    wrap(oneLine(text, 1200), width - indent).map((line) => ' '.repeat(indent) + line);
  const last = outcome === 'done' ? undefined : steps.findLast(hasActed);
  const back = last?.reversible?.undo;
  return [
    outcomeWords[outcome],
    ...lines(because, 0),
    '',
    ...steps.flatMap((step) => [
      ...lines(`${stateWords[step.state]}: ${step.title} (${step.layer})`, 2),
      ...lines(asSentence(step.because), 6),
    ]),
    ...(back === undefined ? [] : ['', ...lines(`To take "${last?.title}" back:`, 0), `  $ ${back}`]),
    ...(outcome === 'done' || escalation.length === 0 ? [] : ['', 'Ask']),
    ...(outcome === 'done' ? [] : escalation.flatMap(({ to, how }) => lines(`${to}. ${how}`, 2))),
    '',
    '',
  ].join('\n');
}
