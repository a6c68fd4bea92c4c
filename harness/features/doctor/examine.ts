/** What each part of the doctor looks with: the policy, and what it can ask. */
import type { Diagnosis, Examination as SourceExamination } from '../../sources/diagnosis.ts';
import type { Policy } from '../../sources/registry.ts';

export interface Examination extends SourceExamination {
  readonly policy: Policy;
}

/** Looks at one thing, and changes nothing. Never throws for what it finds. */
export type Examine = (examination: Examination) => Promise<readonly Diagnosis[]>;
