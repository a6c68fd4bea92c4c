/** Steps, policies and findings for tests of rollback plans. */
import type { Finding } from '../../model/finding.ts';
import type { RollbackPolicy, RollbackStepPolicy } from '../../model/rollback.ts';

export function stepOf(given: Partial<RollbackStepPolicy> & Pick<RollbackStepPolicy, 'title'>): RollbackStepPolicy {
  return {
    layer: 'backend',
    role: 'undo',
    timeoutMs: 60_000,
    env: [],
    verify: 'look',
    when: [],
    settles: { at: '{web}', withinMs: 1000 },
    proves: [],
    checks: [],
    ...given,
  };
}

export function policyOf(steps: readonly RollbackStepPolicy[], given: Partial<RollbackPolicy> = {}): RollbackPolicy {
  return { steps, values: {}, escalation: [], ...given };
}

export function findingOf(given: Partial<Finding> = {}): Finding {
  const { scope = 'backend', outcome = 'fail', severity = 'blocking' } = given;
  return {
    criterion: `${scope} ${outcome} ${severity}`,
    title: 'A title',
    sli: 'an.sli',
    scope,
    severity,
    outcome,
    reason: 'count-beyond-limit',
    message: 'It failed.',
    limit: { op: '<=', value: 0, unit: 'count' },
    alerting: false,
    warning: false,
    rationale: '',
    advice: '',
    checklist: [],
    evidence: [],
    parts: [],
    ...given,
  };
}
