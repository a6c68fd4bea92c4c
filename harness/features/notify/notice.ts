/** Notices: a gate's verdict, an alert, a recovery, a rollback. Pure. */
import type { GateReport } from '../../model/gate-report.ts';
import type { Verdict } from '../../model/outcome.ts';
import { type GateMessage, gateMessage } from '../../report/chat/gate-message.ts';
import { oneLine } from '../../report/plain-text.ts';

export interface Notice {
  readonly event: 'verdict' | 'alert' | 'recovery' | 'rollback';
  /** The same for an alert and its recovery. Names an issue in Sentry. */
  readonly topic: string;
  /** The run it is about. */
  readonly run: string;
  readonly at: string;
  readonly message: GateMessage;
}

/** That a gate has decided. */
export function verdictNotice(report: GateReport, link: string | null): Notice {
  const { id, profile, target, finishedAt } = report.run;
  return {
    event: 'verdict',
    topic: `${profile} ${target.name}`,
    run: id,
    at: finishedAt,
    message: gateMessage(report, { link }),
  };
}

/** Something that is alarming, or no longer. */
export interface Watched {
  /** Of the watchpoint, stable: the same in the alert and in its recovery. */
  readonly id: string;
  readonly title: string;
  /** `4.1 % of 1,200 requests, limit < 2 %`. */
  readonly value: string;
  readonly since: string;
  /** What to look at or do first. */
  readonly advice: string;
}

export interface Surroundings {
  readonly run: string;
  readonly at: string;
  /** `production 0.4.0`. */
  readonly target: string;
  readonly link: string | null;
  /** The rollback steps, where they are to be considered. */
  readonly steps?: GateMessage['steps'];
}

/** Of each text; more is in the report. */
export const longestText = 300;

export function alertNotice({ id, title, value, since, advice }: Watched, about: Surroundings): Notice {
  return noticeOf('alert', id, {
    ...about,
    verdict: 'no-go',
    title: `Alert: ${title}`,
    sentences: [`Since ${since}.`, advice].map((text) => oneLine(text, longestText)),
    finding: { outcome: 'alert', criterion: id, text: oneLine(value, longestText) },
  });
}

export function recoveryNotice({ id, title, value, since }: Omit<Watched, 'advice'>, about: Surroundings): Notice {
  return noticeOf('recovery', id, {
    ...about,
    verdict: 'go',
    title: `Recovered: ${title}`,
    sentences: [oneLine(`It had been alarming since ${since}.`, longestText)],
    finding: { outcome: 'recovered', criterion: id, text: oneLine(value, longestText) },
  });
}

function noticeOf(
  event: Notice['event'],
  id: string,
  told: Surroundings &
    Pick<GateMessage, 'title' | 'sentences'> & {
      readonly verdict: Verdict;
      readonly finding: GateMessage['findings'][number];
    },
): Notice {
  const { run, at, target, link, steps = [], verdict, title, sentences, finding } = told;
  return {
    event,
    topic: `${id} ${target}`,
    run,
    at,
    message: {
      verdict,
      title: oneLine(`${title}: ${target}`, 140),
      sentences,
      facts: [
        ['Run', run],
        ['At', at],
      ],
      findings: [finding],
      more: 0,
      steps,
      link,
    },
  };
}
