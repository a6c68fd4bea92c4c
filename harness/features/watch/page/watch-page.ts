/** The terminal that a watch is shown on, and the colours of what it says. */
import { styleText } from 'node:util';
import type { WatchStanding } from '../model.ts';

export interface WatchPage {
  readonly colour: boolean;
  /** Columns. */
  readonly width: number;
  /** Without the bars of a sparkline, and without marks that need more than ASCII. */
  readonly ascii: boolean;
}

export type Tone = 'good' | 'bad' | 'open' | 'quiet' | 'strong';

export const standingTones: { readonly [standing in WatchStanding]: Tone } = {
  watching: 'strong',
  success: 'good',
  inconclusive: 'open',
  failed: 'bad',
};

export function paint(text: string, tone: Tone, { colour }: WatchPage): string {
  if (!colour) return text;
  const styles = { good: 'green', bad: 'red', open: 'yellow', quiet: 'dim', strong: 'bold' } as const;
  return styleText(styles[tone], text, { validateStream: false });
}
