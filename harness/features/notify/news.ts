/** Selects the notices that are news, and groups those of one moment into one message. Pure. */
import type { Notice } from './notice.ts';

/** The last event sent for each topic. */
export type LastEvents = ReadonlyMap<string, Notice['event']>;

/** An alert is news once, until its recovery; a recovery is news once, after its alert. Everything else always is. */
export function newsAmong(
  notices: readonly Notice[],
  told: LastEvents,
): { readonly news: readonly Notice[]; readonly told: LastEvents } {
  const now = new Map(told);
  const news = notices.filter(({ event, topic }) => {
    const before = now.get(topic);
    const isNews = event === 'alert' ? before !== 'alert' : event === 'recovery' ? before === 'alert' : true;
    if (isNews) now.set(topic, event);
    return isNews;
  });
  return { news, told: now };
}

const mostFindings = 6;

/** Notices of one kind and moment as one: a channel in which each alert of an outage is a message of its own is muted. */
export function grouped(notices: readonly Notice[]): readonly Notice[] {
  return [...Map.groupBy(notices, ({ event, run }) => `${event} ${run}`).values()].flatMap((same) => {
    const [first, ...others] = same;
    if (first === undefined || others.length === 0) return same;
    const findings = same.flatMap(({ message }) => message.findings);
    const kind = first.event === 'recovery' ? 'recovered' : `${first.event}s`;
    const steps = same.find(({ message }) => message.steps.length > 0)?.message.steps ?? [];
    return [
      {
        ...first,
        topic: same.map(({ topic }) => topic).join(', '),
        message: {
          ...first.message,
          title:
            `${same.length} ${kind}: ${same.map(({ message }) => message.title.replace(/^[^:]*: /, '')).join('; ')}`.slice(
              0,
              140,
            ),
          sentences: same.slice(0, mostFindings).flatMap(sentencesOf),
          findings: findings.slice(0, mostFindings),
          more:
            findings.length -
            Math.min(findings.length, mostFindings) +
            same.reduce((sum, { message }) => sum + message.more, 0),
          steps,
        },
      },
    ];
  });
}

/** Which of the alerts they are about is said with each. */
function sentencesOf({ message: { sentences, findings } }: Notice): readonly string[] {
  return sentences.map((sentence) => `${findings[0]?.criterion ?? ''}: ${sentence}`);
}
