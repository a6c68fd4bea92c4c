/** Verdict and policy → the way back, as data. Executing it is another command's business. */
import {
  decides,
  type Finding,
  type RollbackPlan,
  type RollbackPolicy,
  type RollbackStep,
  type Scope,
  type Verdict,
} from '../model.ts';

export interface RollbackQuestion {
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  readonly policy: RollbackPolicy;
}

type Layer = RollbackStep['layer'];

/** `either` rolls back both: which layer is to blame is exactly what such a criterion cannot tell. */
const layersOf: { readonly [scope in Scope]: readonly Layer[] } = {
  frontend: ['frontend'],
  backend: ['backend'],
  'frontend+backend': ['frontend', 'backend'],
  either: ['frontend', 'backend'],
};

/**
 * A no-go rolls back the layers of the deciding criteria that failed; `because` holds their ids. Anything else rolls
 * back nothing. Throws on a no-go without such a criterion, which no findings lead to.
 */
export function planRollback({ verdict, findings, policy }: RollbackQuestion): RollbackPlan {
  if (verdict !== 'no-go') {
    return { scope: 'none', armed: false, armedBecause: nothingToDo, because: [], steps: [] };
  }
  const failed = findings.filter((finding) => decides(finding) && finding.outcome === 'fail');
  const layers = new Set(failed.flatMap(({ scope }) => layersOf[scope]));
  const steps = policy.steps.filter(({ layer }) => layers.has(layer));
  return {
    scope: scopeOf(layers),
    armed: false,
    armedBecause: armedBecause(layers, steps),
    because: failed.map(({ criterion }) => criterion),
    steps,
  };
}

const unproved = 'Nobody has proved yet that these steps can be carried out.';
const nothingToDo = 'Nothing is to be rolled back; nobody has proved yet that the way back could be carried out.';

function scopeOf(layers: ReadonlySet<Layer>): RollbackPlan['scope'] {
  const [only, other] = layers;
  if (only === undefined) throw new Error('a no-go needs a failed blocking criterion');
  return other === undefined ? only : 'both';
}

function armedBecause(layers: ReadonlySet<Layer>, steps: readonly RollbackStep[]): string {
  const without = [...layers].filter((layer) => !steps.some((step) => step.layer === layer));
  if (without.length > 0) return `The configuration states no step back for the ${without.join(' and the ')}.`;
  return unproved;
}
