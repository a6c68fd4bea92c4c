/** What a positive control came to, and what it means for the evidence. */
import { defined } from '../lib/defined.ts';
import type { Control, QualityIssue } from '../model/evidence.ts';

type About = Pick<Control, 'name' | 'planted'>;

export function seen(about: About, message: string): Control {
  return { ...about, outcome: 'seen', message };
}

export function notSeen(about: About, message: string): Control {
  return { ...about, outcome: 'not-seen', message };
}

/** With the reason: nobody offers it, or nobody allows it. */
export function notTried(about: About, message: string): Control {
  return { ...about, outcome: 'not-tried', message };
}

/** What was planted and not seen: the probe is blind, for these indicators or for all of its own. One quality issue for each reason. */
export function qualityIssuesOf(controls: readonly Control[], slis?: readonly string[]): QualityIssue[] {
  const blind = controls.filter(({ outcome }) => outcome === 'not-seen');
  return [...Map.groupBy(blind, ({ message }) => message)].map(([message, same]) => ({
    code: 'control-not-seen',
    message: `the probe is blind to ${same.map(({ planted }) => planted).join(', ')}: ${message}`,
    ...defined({ slis }),
  }));
}
