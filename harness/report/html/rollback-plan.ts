/** A rollback plan: its steps with all that executing them needs, and whom to ask where they do not help. */
import type { Escalation, RollbackPlan, RollbackStep } from '../../model/rollback.ts';
import { planHeadline, readinessOf, type StepFact, stepFacts, stepTags } from '../rollback-wording.ts';
import { asSentence, rollbackReadiness } from '../wording.ts';
import { copyable, html, type Markup } from './markup.ts';

/** Of a plan without steps, that there is none; who leads here is said by whoever shows it. */
export function rollbackPlan(plan: RollbackPlan): Markup {
  const { scope, steps, notes = [], escalation = [] } = plan;
  return html`<div class="rollback-plan">
    <p><b>${asSentence(steps.length === 0 && scope !== 'none' ? "The rollout's configuration names no steps" : planHeadline(plan))}</b> <span class=${plan.armed ? 'quiet' : 'warning'}>${asSentence(rollbackReadiness(plan))}</span></p>
    ${notes.map((note) => html`<p class="quiet">${asSentence(note)}</p>`)}
    <ol class="steps">${steps.map(oneStep)}</ol>
    ${whomToAsk(escalation)}
  </div>`;
}

function oneStep(step: RollbackStep): Markup {
  const { term } = readinessOf(step);
  const readiness = { Verified: 'pass', 'Not verified': 'inconclusive', 'By hand': '' }[term];
  return html`<li>
    <p class="step-title"><b>${step.title}</b>${stepTags(step).map((tag) => html`<span class="tag">${tag}</span>`)}<span class=${`tag ${readiness}`}>${term.toLowerCase()}</span></p>
    ${copyable(step.command)}
    <dl class="step-facts">${stepFacts(step).map(oneFact)}</dl>
  </li>`;
}

function oneFact({ term, text, undo }: StepFact): Markup {
  return html`<div><dt>${term}</dt><dd>${asSentence(text)}${copyable(undo, 'command undo')}</dd></div>`;
}

function whomToAsk(escalation: readonly Escalation[]): Markup {
  if (escalation.length === 0) return null;
  return html`<div>
    <h3>If it does not help</h3>
    <ul class="rows">
      ${escalation.map(
        ({ to, how, because }) =>
          html`<li class="asked"><span><b>${to}</b>: ${asSentence(how)}${because.length === 0 ? '' : html` <span class="quiet">For ${because.map((id) => html`<code>${id}</code> `)}</span>`}</span></li>`,
      )}
    </ul>
  </div>`;
}
