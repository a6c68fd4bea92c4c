/** A notice as each kind of channel takes it. Pure. */
import type { Event } from '@sentry/node';
import type { ChannelPolicy } from '../../model/notify-policy.ts';
import { renderSlack } from '../../report/chat/render-slack.ts';
import { renderTeams } from '../../report/chat/render-teams.ts';
import type { Notice } from './notice.ts';

/** The body that is posted. */
export function renderNotice(notice: Notice, kind: Exclude<ChannelPolicy['kind'], 'sentry'>): string {
  switch (kind) {
    case 'slack':
      return renderSlack(notice.message);
    case 'teams':
      return renderTeams(notice.message);
    case 'json':
      return renderJson(notice);
  }
}

/** Programs cut nothing, but a gateway in between may: most take 256 kB, and a command can be any length. */
const longestCommand = 2000;

function renderJson({ message, ...notice }: Notice): string {
  const steps = message.steps.map(({ title, command }) => ({
    title,
    command: command?.slice(0, longestCommand) ?? null,
  }));
  return `${JSON.stringify({ schemaVersion: 1, ...notice, ...message, steps }, null, 1)}\n`;
}

/** One topic is one issue; a recovery is an event of it. */
export function noticeEvent(notice: Notice, environment: string): Event {
  const { event, topic, run, at, message } = notice;
  const { title, sentences, findings, verdict } = message;
  return {
    level: event === 'recovery' || verdict === 'go' ? 'info' : verdict === 'no-go' ? 'error' : 'warning',
    logger: 'rampgate',
    message: title,
    fingerprint: ['rampgate', 'notice', topic],
    environment,
    timestamp: Date.parse(at) / 1000,
    tags: { event, run },
    contexts: {
      notice: {
        sentences: sentences.join(' '),
        findings: findings.map(({ criterion, outcome, text }) => `${criterion} ${outcome}: ${text}`).join('; '),
      },
    },
  };
}
