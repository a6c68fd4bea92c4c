/** A message as the body of a Teams workflow webhook (Adaptive Card 1.4). */
import type { GateMessage } from './gate-message.ts';

/** Teams refuses messages over about 28 kB. */
const mostBytes = 27_000;

const colours = { go: 'good', inconclusive: 'warning', 'no-go': 'attention' } as const;

/** JSON. All text is in text runs, which know no markup, so that foreign text stays text. */
export function renderTeams(message: GateMessage): string {
  const { findings, steps } = message;
  for (let kept = findings.length + steps.length; ; kept -= 1) {
    const shown = {
      ...message,
      findings: findings.slice(0, kept),
      steps: steps.slice(0, Math.max(0, kept - findings.length)),
    };
    const text = `${JSON.stringify(cardOf(shown, findings.length + steps.length - kept), null, 1)}\n`;
    if (kept === 0 || Buffer.byteLength(text) <= mostBytes) return text;
  }
}

function cardOf({ verdict, title, sentences, facts, findings, more, steps, link }: GateMessage, left: number): object {
  const body = [
    paragraph([{ text: title, weight: 'bolder', size: 'large', color: colours[verdict] }]),
    paragraph([{ text: sentences.join(' ') }]),
    ...findings.map(({ outcome, criterion, text }) =>
      paragraph([
        { text: `${outcome} `, weight: 'bolder' },
        { text: criterion, fontType: 'monospace' },
        { text: ` ${text}` },
      ]),
    ),
    ...(more + left === 0 ? [] : [paragraph([{ text: `More is in the report: ${more + left}.` }])]),
    ...(steps.length === 0 ? [] : [paragraph([{ text: 'Roll back', weight: 'bolder' }])]),
    ...steps.map(({ title: step, command }, index) =>
      paragraph([
        { text: `${index + 1}. ${step}` },
        ...(command === null ? [] : [{ text: `\n${command}`, fontType: 'monospace' as const }]),
      ]),
    ),
    paragraph([{ text: facts.map(([term, text]) => `${term}: ${text}`).join(' · '), isSubtle: true, size: 'small' }]),
  ];
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    msteams: { width: 'Full' },
    body,
    ...(link === null ? {} : { actions: [{ type: 'Action.OpenUrl', title: 'Open the report', url: link }] }),
  };
  return { type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }] };
}

interface TextRun {
  readonly text: string;
  readonly weight?: 'bolder';
  readonly size?: 'large' | 'small';
  readonly color?: (typeof colours)[GateMessage['verdict']];
  readonly fontType?: 'monospace';
  readonly isSubtle?: boolean;
}

function paragraph(runs: readonly TextRun[]): object {
  return { type: 'RichTextBlock', inlines: runs.map((run) => ({ type: 'TextRun', ...run })) };
}
