/** Verdict, findings and policy → the rollback plan, as data. `rampgate rollback --execute` carries it out. */

import { fillText } from '../../lib/template.ts';
import { decides, type Finding } from '../../model/finding.ts';
import type { Scope, Verdict } from '../../model/outcome.ts';
import type { Escalation, Preflight, RollbackPlan, RollbackPolicy } from '../../model/rollback.ts';
import type { TargetIdentity } from '../../model/run.ts';
import type { Instant } from '../../model/units.ts';
import { chooseSteps, type Layer } from './choose-steps.ts';
import { preflightOf } from './preflight.ts';
import { stepFor, valuesFor } from './step-for.ts';

/** What the plan needs of a finding. */
type PlannedFor = Pick<Finding, 'criterion' | 'scope' | 'severity' | 'outcome' | 'waived'>;

export interface RollbackQuestion {
  readonly verdict: Verdict;
  readonly findings: readonly PlannedFor[];
  readonly policy: RollbackPolicy;
  /** Where the steps are to be carried out; without it `{web}` and the like stay as they are. */
  readonly target?: TargetIdentity;
  /** What `rollback --check` found out, and the moment from which its age counts. */
  readonly preflight?: Preflight | null;
  readonly at?: Instant;
}

/** A rollback of layers that an operator names, without findings. */
export type RollbackOrder = Pick<RollbackQuestion, 'policy' | 'target' | 'preflight' | 'at'> & {
  readonly scope: Layer | 'both';
};

/** `either` rolls back both, because such a criterion does not tell which layer is to blame. */
const layersOf: { readonly [scope in Scope]: readonly Layer[] } = {
  frontend: ['frontend'],
  backend: ['backend'],
  'frontend+backend': ['frontend', 'backend'],
  either: ['frontend', 'backend'],
};

/**
 * A no-go rolls back the layers of the deciding criteria that failed; `because` holds their ids. Any other
 * verdict rolls back nothing, and says whether the rollback steps are verified. Throws on a no-go without such a criterion, which
 * no findings lead to.
 */
export function planRollback(question: RollbackQuestion): RollbackPlan {
  const { verdict, findings, policy } = question;
  if (verdict !== 'no-go') {
    return { scope: 'none', ...preflightOf(policy.steps, question), because: [], steps: [] };
  }
  const failed = findings.filter((finding) => decides(finding) && finding.outcome === 'fail');
  const layers = new Set(failed.flatMap(({ scope }) => layersOf[scope]));
  const failedOf = (layer: Layer): readonly string[] =>
    failed.filter(({ scope }) => layersOf[scope].includes(layer)).map(({ criterion }) => criterion);
  return planFor(layers, { ...question, failedOf });
}

/** The plan for layers that an operator names: the steps that undo the whole layer, and no remedy. */
export function planScope({ scope, ...question }: RollbackOrder): RollbackPlan {
  const layers = new Set<Layer>(scope === 'both' ? ['frontend', 'backend'] : [scope]);
  return planFor(layers, { ...question, failedOf: () => [] });
}

type Planning = Omit<RollbackQuestion, 'verdict' | 'findings'> & {
  /** The failed criteria that concern a layer. */
  readonly failedOf: (layer: Layer) => readonly string[];
};

function planFor(layers: ReadonlySet<Layer>, planning: Planning): RollbackPlan {
  const { policy, failedOf } = planning;
  const values = valuesFor(planning);
  const chosen = [...layers].map((layer) => chooseSteps(policy.steps, { layer, failed: failedOf(layer), values }));
  const steps = policy.steps.filter((step) => chosen.some((one) => one.steps.includes(step)));
  const because = [...new Set([...layers].flatMap(failedOf))];
  const times = steps.flatMap(({ takesMs }) => takesMs ?? []);
  return {
    scope: scopeOf(layers),
    ...preflightOf(steps, { ...planning, layers }),
    because,
    steps: steps.map((step) => stepFor(step, { ...planning, values, failed: failedOf(step.layer) })),
    notes: chosen.flatMap(({ notes }) => notes),
    ...(times.length === 0 ? {} : { takesMs: times.reduce((sum, one) => sum + one) }),
    escalation: escalationOf(policy, because).map((one) => ({ ...one, how: fillText(one.how, values) })),
  };
}

function scopeOf(layers: ReadonlySet<Layer>): RollbackPlan['scope'] {
  const [only, other] = layers;
  if (only === undefined) throw new Error('a no-go needs a failed blocking criterion');
  return other === undefined ? only : 'both';
}

function escalationOf({ escalation }: RollbackPolicy, failed: readonly string[]): readonly Escalation[] {
  return escalation.flatMap(({ when, to, how }) => {
    const because = failed.filter((id) => when.includes(id));
    return when.length === 0 || because.length > 0 ? [{ to, how, because }] : [];
  });
}
