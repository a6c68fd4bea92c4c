/** The result of `rollback --check`, for a terminal. */
import type { Preflight, RollbackPlan, RollbackStepPolicy } from '../../../model/rollback.ts';
import { list, paragraph, section } from '../../../report/document.ts';
import { renderTerminalBlocks } from '../../../report/formats/terminal.ts';
import { asSentence, rollbackReadiness } from '../../../report/wording.ts';

/** Every step, and whether the plan as a whole is ready. */
export function renderPreflight(
  { target, steps: checked }: Preflight,
  steps: readonly RollbackStepPolicy[],
  { readiness, width }: { readonly readiness: Pick<RollbackPlan, 'armed' | 'armedBecause'>; readonly width: number },
): string {
  const items = steps.map(({ title, layer }) => {
    const one = checked.find((each) => each.title === title);
    const because = one === undefined ? 'a person does it' : one.because;
    return {
      lead: one === undefined ? 'by hand' : one.armed ? 'verified' : 'not verified',
      text: `${title} (${layer}): ${asSentence(because)}`,
    };
  });
  return renderTerminalBlocks(
    [
      section(`Rollback plan of ${target}, checked without changing anything`, [list(items, { leadColumns: 14 })]),
      paragraph(rollbackReadiness(readiness)),
    ],
    { colour: false, width },
  );
}
