/** The words that the terminal, the page and the Markdown of a watch share. */
import { formatDuration, formatLimit, formatValue } from '../../../lib/format.ts';
import type { Tone } from '../../../report/formats/terminal.ts';
import { counted, rowsMet } from '../../../report/wording.ts';
import type { Alert, Course, CoursePoint, LogWindowCount, WatchEvent, WatchReport, WatchStanding } from '../model.ts';

const standingWords: { readonly [standing in WatchStanding]: string } = {
  watching: 'Watching',
  success: 'Success',
  inconclusive: 'Inconclusive',
  failed: 'Failed',
};

export const standingTones: { readonly [standing in WatchStanding]: Tone } = {
  watching: 'strong',
  success: 'pass',
  inconclusive: 'inconclusive',
  failed: 'fail',
};

const adviceWords: { readonly [advice in NonNullable<WatchReport['advice']>]: string } = {
  'go-on': 'Go on',
  hold: 'Hold',
  'go-back': 'Go back',
};

/** The large word on top. While it goes on, nothing has failed for good. */
export function watchTitle({ standing, advice, watch, alerts }: WatchReport): string {
  if (watch.ended === null && standing === 'failed') return alerts.some(isStanding) ? 'Alert' : 'Failing';
  if (advice === null || watch.ended === null) return standingWords[standing];
  return adviceWords[advice];
}

export function isStanding({ recoveredAt }: Alert): boolean {
  return recoveredAt === null;
}

/** How far it is, in a sentence. */
export function progressText({ watch, alerts }: WatchReport): string {
  return `${formatDuration(watch.elapsedMs)} of ${formatDuration(watch.durationMs)}; ${alertsText(alerts)}.`;
}

export function alertsText(alerts: readonly Alert[]): string {
  if (alerts.length === 0) return 'no alert';
  const all = counted(alerts.length, 'alert', 'alerts');
  const standing = alerts.filter(isStanding).length;
  if (standing === 0) return `${all}, over`;
  if (standing === alerts.length) return `${all} ${standing === 1 ? 'stands' : 'stand'}`;
  return `${all}, ${standing} of them ${standing === 1 ? 'stands' : 'stand'}`;
}

/** What follows from it, for whoever has to act. */
export function watchMeaning({ standing, watch, rollback, advice }: WatchReport): string {
  const back =
    rollback.scope === 'none'
      ? ''
      : ` To be rolled back: ${rollback.scope === 'both' ? 'backend and frontend' : rollback.scope}.`;
  switch (standing) {
    case 'watching':
      return 'It goes on.';
    case 'success':
      if (watch.stage === null) return 'Lock it in: the rollout is complete.';
      return watch.stage.next === null ? 'Go on.' : `Go on to ${watch.stage.next}.`;
    case 'inconclusive':
      return advice === 'hold'
        ? 'Hold the ramp: this is no success.'
        : 'This is no success. Watch on, or look at what was not seen.';
    case 'failed':
      return `Roll back, document the incident, and re-review before the next try.${back}`;
  }
}

/** One value with the moment it is of: `14:40:30 612 ms`. */
export function pointText({ at, value, unit }: CoursePoint): string {
  return `${timeText(at)} ${formatValue(value, unit)}`;
}

/** The time of day, UTC. */
export function timeText(at: string): string {
  return at.slice(11, 19);
}

export function alertSpanText({ since, raisedAt, recoveredAt }: Alert): string {
  const end = recoveredAt === null ? 'it stands' : `recovered at ${timeText(recoveredAt)}`;
  return `since ${timeText(since)}, raised at ${timeText(raisedAt)}, ${end}`;
}

/** What is allowed of a course, in words. */
export function limitsText({ limit, alert }: Pick<Course, 'limit' | 'alert'>): string {
  return [
    ...(limit === null ? [] : [formatLimit(limit)]),
    ...(alert === null ? [] : [`alert ${formatLimit(alert)}`]),
  ].join(', ');
}

function windowText({ source, counts, lastedMs, lines }: LogWindowCount): string {
  const each = Object.entries(counts).map(([sli, count]) => `${sli.replace(/^logs\./, '')} ${count}`);
  return `${source}, ${formatDuration(lastedMs)}: ${each.join(', ')} in ${lines} lines`;
}

export function rowsText({ successCriteria }: WatchReport): string {
  return rowsMet(successCriteria);
}

/** What watching took; nothing while it is not known. */
export function costText({ cost }: WatchReport): string | null {
  if (cost === null) return null;
  return `Watching took at most ${cost.peakMemoryMB.toFixed(0)} MB of memory and ${cost.cores.toFixed(2)} of a core on average, browsers apart.`;
}

/** One line of what happened; nothing for what is only worth counting. */
export function eventText(event: WatchEvent): string | null {
  switch (event.kind) {
    case 'started':
      return `Watching ${event.plan.watch.target.name}, release ${event.plan.watch.target.release}, for ${formatDuration(event.plan.durationMs)}. Times are UTC.`;
    case 'sample':
      return null;
    case 'lost':
      return `${event.source} brought nothing to be trusted: ${event.qualityIssues.map(({ message }) => message).join('; ')}.`;
    case 'alert':
      return `ALERT ${event.alert.title}: ${event.alert.message}.`;
    case 'recovered':
      return `Recovered: ${event.alert.title}, ${alertSpanText(event.alert)}.`;
    case 'silent':
      return `The target does not answer: ${event.why}.`;
    case 'answers-again':
      return `The target answers again, after ${formatDuration(event.lastedMs)}.`;
    case 'log-window':
      return `Log ${windowText(event.window)}.`;
    case 'failed-check':
      return `${event.id}: ${event.checks.map(({ name, expected, actual }) => `${name}: expected ${expected}, was ${actual}`).join('; ')}.`;
    case 'gap':
      return `Gap: ${event.gap.message}.`;
    case 'ended':
      return null;
  }
}

/** What the watch does right now: which sources it samples, or until when it waits, in ms of the watch. */
export function doingText(
  { sources, untilMs }: { readonly sources: readonly string[]; readonly untilMs: number },
  nowMs: number,
): string {
  if (sources.length > 0) return `sampling ${sources.join(', ')}`;
  return `next sample in ${Math.max(0, Math.ceil((untilMs - nowMs) / 1000))} s`;
}
