/** Whether rollback steps are verified: what `rollback --check` found, if it was about these steps and is not too old. */

import { instantText } from '../../lib/format.ts';
import { fillCommand, type Values } from '../../lib/template.ts';
import type {
  Preflight,
  PreflightStep,
  RollbackPlan,
  RollbackPolicy,
  RollbackStepPolicy,
} from '../../model/rollback.ts';
import type { Instant } from '../../model/units.ts';
import type { Layer } from './choose-steps.ts';

/** Clusters, permissions and revisions change: an older check proves nothing. */
const COUNTS_FOR_MS = 24 * 60 * 60_000;

export interface PreflightQuestion {
  readonly policy: RollbackPolicy;
  readonly preflight?: Preflight | null;
  readonly at?: Instant;
  /** Layers that must have steps. */
  readonly layers?: ReadonlySet<Layer>;
}

/** Identifies a step by its commands. The run's addresses are left as placeholders, since they differ between runs. */
export function definitionOf({ command, checks }: RollbackStepPolicy, values: Values): string {
  return JSON.stringify([command ?? '', ...checks.map((one) => one.command)].map((line) => fillCommand(line, values)));
}

/** Whether one step is verified; a null preflight means that nothing was checked. */
export function armedStepOf(
  step: RollbackStepPolicy,
  values: Values,
  preflight: Preflight | null,
): Pick<PreflightStep, 'armed' | 'because'> {
  if (preflight === null) return { armed: false, because: 'nobody has checked it' };
  const definition = definitionOf(step, values);
  const checked = preflight.steps.find((one) => one.title === step.title);
  if (checked === undefined) return { armed: false, because: 'it was not there when the others were checked' };
  if (checked.definition !== definition) return { armed: false, because: 'it was another command when it was checked' };
  return { armed: checked.armed, because: checked.because };
}

/** Whether a whole plan is verified: every command of it, within the last day. */
export function preflightOf(
  steps: readonly RollbackStepPolicy[],
  { policy, preflight = null, at, layers }: PreflightQuestion,
): Pick<RollbackPlan, 'armed' | 'armedBecause'> {
  const without = [...(layers ?? [])].filter((layer) => !steps.some((step) => step.layer === layer));
  if (without.length > 0) {
    return not(`The configuration states no step back for the ${without.join(' and the ')}.`);
  }
  const commands = steps.filter(({ command }) => command !== undefined);
  if (steps.length === 0) return not('The configuration states no way back.');
  if (commands.length === 0) return not('No step has a command that could be proved.');
  if (preflight === null) return not(`Nobody has proved yet that these steps can be carried out: ${howTo}.`);
  if (at !== undefined && Date.parse(at) - Date.parse(preflight.at) > COUNTS_FOR_MS) {
    return not(`It was last proved ${instantText(preflight.at)}, more than a day before: ${howTo}.`);
  }
  const judged = commands.map((step) => ({ ...armedStepOf(step, policy.values, preflight), step }));
  const unarmed = judged.filter((one) => !one.armed && isNeeded(one.step, judged));
  if (unarmed.length > 0) {
    const [first, ...others] = unarmed.map(({ step, because }) => ({ title: `"${step.title}"`, because }));
    const also = others.length === 0 ? '' : ` Also not: ${others.map(({ title }) => title).join(', ')}.`;
    return not(`${first?.title} cannot be carried out: ${first?.because}.${also}`);
  }
  const left = judged.filter((one) => !one.armed).map(({ step, because }) => ` "${step.title}" is not: ${because}.`);
  const proved = commands.length - left.length;
  const count = `${proved} command${proved === 1 ? '' : 's'}`;
  return { armed: true, armedBecause: `${count}, checked ${instantText(preflight.at)}.${left.join('')}` };
}

/** A remedy need not be verified as long as its whole layer can be undone. */
function isNeeded(
  { role, layer }: RollbackStepPolicy,
  all: readonly { readonly armed: boolean; readonly step: RollbackStepPolicy }[],
): boolean {
  return role !== 'remedy' || !all.some(({ armed, step }) => armed && step.layer === layer && step.role === 'undo');
}

const howTo = 'npx rampgate rollback --check';

function not(armedBecause: string): { readonly armed: false; readonly armedBecause: string } {
  return { armed: false, armedBecause };
}
