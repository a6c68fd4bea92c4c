/** A message as the body of a Slack incoming webhook (Block Kit). */
import type { GateMessage, MessageFinding } from './gate-message.ts';

/** Of a section's text; Slack refuses the whole message for one that is longer. */
const longestSection = 3000;
/** In one message: Slack takes 50 blocks. */
const mostSteps = 20;

const marks = { go: ':white_check_mark:', inconclusive: ':grey_question:', 'no-go': ':x:' } as const;

/** JSON. Foreign text mentions nobody and links nowhere. */
export function renderSlack(message: GateMessage): string {
  const { title, sentences, facts, findings, more, steps, verdict, link } = message;
  const known = facts.map(([term, text]) => `${term}: ${text}`).join(' · ');
  const blocks = [
    { type: 'header', text: { type: 'plain_text', text: title.slice(0, 150), emoji: false } },
    section(`${marks[verdict]} ${escaped(sentences.join(' '))}`),
    ...(findings.length === 0 ? [] : [section([...findings.map(findingLine), ...moreLine(more)].join('\n'))]),
    ...(steps.length === 0 ? [] : [section('*Roll back*')]),
    ...steps
      .slice(0, mostSteps)
      .map((step, index) =>
        section(`${index + 1}. ${escaped(step.title)}${step.command === null ? '' : `\n${fenced(step.command)}`}`),
      ),
    ...(steps.length > mostSteps ? [section(`${steps.length - mostSteps} more steps are in the report.`)] : []),
    { type: 'context', elements: [{ type: 'plain_text', text: known.slice(0, 2000), emoji: false }] },
    ...(link === null
      ? []
      : [
          {
            type: 'actions',
            elements: [{ type: 'button', text: { type: 'plain_text', text: 'Open the report' }, url: link }],
          },
        ]),
  ];
  return `${JSON.stringify({ text: title, blocks }, null, 1)}\n`;
}

function section(text: string): object {
  return { type: 'section', text: { type: 'mrkdwn', text: cut(text), verbatim: true } };
}

function findingLine({ outcome, criterion, text }: MessageFinding): string {
  return `• *${outcome}* \`${escaped(criterion).replaceAll('`', "'")}\` ${escaped(text)}`;
}

function moreLine(more: number): readonly string[] {
  return more === 0 ? [] : [`…and ${more} more.`];
}

function fenced(command: string): string {
  return `\`\`\`${escaped(command).replaceAll('```', "'''")}\`\`\``;
}

/** The three that Slack's own markup is made of; without them nothing is a mention or a link. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function cut(text: string): string {
  return text.length <= longestSection ? text : `${text.slice(0, longestSection - 1)}…`;
}
