/** A criterion and its judged parts → its finding. */
import { defined } from '../lib/defined.ts';
import type { Criterion } from '../model/criterion.ts';
import type { Finding, FindingPart } from '../model/finding.ts';
import type { JudgedPart } from './judged-part.ts';

export interface JudgedCriterion {
  /** At least one. */
  readonly parts: readonly JudgedPart[];
  /** The one that the finding takes its outcome from. */
  readonly decisive: Omit<JudgedPart, 'label' | 'nature'>;
  readonly alerting: boolean;
  readonly warning: boolean;
  /** Files of the run's folder. */
  readonly evidence: readonly string[];
}

export function toFinding(criterion: Criterion, judged: JudgedCriterion): Finding {
  const { outcome, reason, message, observed, detects, needs } = judged.decisive;
  const { alert, warn } = criterion;
  return {
    criterion: criterion.id,
    title: criterion.title,
    sli: criterion.sli,
    scope: criterion.scope,
    severity: criterion.severity,
    outcome,
    reason,
    message,
    ...defined({ observed }),
    limit: judged.decisive.limit,
    ...defined({ alert }),
    alerting: judged.alerting,
    ...defined({ warn }),
    warning: judged.warning,
    ...defined({ detects, needs }),
    rationale: criterion.rationale,
    advice: criterion.advice,
    checklist: criterion.checklist,
    evidence: judged.evidence,
    parts: judged.parts.length === 1 ? [] : judged.parts.map(toFindingPart),
  };
}

function toFindingPart({ nature: _nature, detects: _detects, needs: _needs, ...part }: JudgedPart): FindingPart {
  return part;
}
