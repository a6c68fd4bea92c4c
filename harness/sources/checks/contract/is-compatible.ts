/** What a check hands over as promises → the contract that is kept, and the statements that hold it to the accepted one. */
import type { AcceptedContract, ApiContract, ApiPromises } from '../../../model/api-contract.ts';
import type { CheckStatement } from '../../../model/check.ts';
import { answerShape } from './answer-shape.ts';
import { heldPromises } from './breaking-changes.ts';
import { readDocument } from './read-document.ts';

/** Throws, with what is wrong, for a document that is none. */
export function contractOf({ document, answers }: ApiPromises): ApiContract {
  return {
    operations: document === null ? {} : readDocument(document),
    answers: Object.fromEntries(Object.entries(answers).map(([question, one]) => [question, answerShape(one)])),
  };
}

const kept = 'all that was promised';

/** One statement for each operation and answer of the accepted contract; none where none was accepted. */
export function heldTo(accepted: AcceptedContract | undefined, now: ApiContract): CheckStatement[] {
  if (accepted === undefined) return [];
  const how = `the API's document and answers beside those of the accepted run ${accepted.run} (release ${accepted.release})`;
  return heldPromises(accepted.contract, now).map(({ what, broken, unseen }) => ({
    name: `${what}: as in ${accepted.release}, or more`,
    expected: kept,
    actual: broken.length === 0 ? kept : broken.join('; '),
    how: unseen.length === 0 ? how : `${how}; nothing was seen of ${unseen.join(', ')}, as there is none today`,
  }));
}
