/** What came of an execution, for a terminal. */
import type { RollbackPlan } from '../../../model/rollback.ts';
import { list, paragraph, section } from '../../../report/document.ts';
import { renderTerminalBlocks, type TerminalPage } from '../../../report/formats/terminal.ts';
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

/** Each step with what came of it; where it did not work, how it is undone, and whom to ask. */
export function renderLog(
  { outcome, because, steps }: RollbackLog,
  { escalation = [] }: Pick<RollbackPlan, 'escalation'>,
  page: TerminalPage,
): string {
  const last = outcome === 'done' ? undefined : steps.findLast(hasActed);
  const undo = last?.reversible?.undo;
  const items = steps.map((step) => ({
    text: `${stateWords[step.state]}: ${step.title} (${step.layer})`,
    blocks: [paragraph(asSentence(step.because))],
  }));
  const blocks = [
    section(outcomeWords[outcome], [paragraph(because), list(items)]),
    undo === undefined
      ? null
      : section(`To take "${last?.title}" back:`, [{ kind: 'code', source: undo, language: 'sh' }]),
    outcome === 'done' ? null : section('Ask', [list(escalation.map(({ to, how }) => ({ text: `${to}. ${how}` })))]),
  ];
  return `${renderTerminalBlocks(blocks, page)}\n`;
}
