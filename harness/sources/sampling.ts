/** What a watch hands to a source, and what it takes back: tasks that are due again and again. */
import type { Redactor } from '../lib/redact.ts';
import type { Shell } from '../lib/shell.ts';
import type { Evidence } from '../model/evidence.ts';
import type { LiveTarget } from '../model/live-target.ts';

export interface SamplingOptions {
  readonly target: LiveTarget;
  /** Where the output of commands goes. */
  readonly folder: string;
  readonly browserPath: string | null;
  readonly redactor: Redactor;
  readonly shell: Shell;
  readonly signal: AbortSignal;
  /** How often evidence of this name is due; null: once. */
  readonly everyMs: (evidence: string) => number | null;
  /** What other sources read from the visits of a browser, whose files are in the folder. */
  readonly ofVisits: {
    readonly names: readonly string[];
    readonly read: (visits: {
      readonly visited: readonly Evidence[];
      readonly scenarios: readonly string[];
      readonly folder: string;
    }) => Promise<readonly Evidence[]>;
  };
}

/** One round of a source or of several that go together. `sinceMs`: how long ago the last one was, or the watch began. */
export interface SamplingTask {
  readonly sources: readonly string[];
  readonly everyMs: number | null;
  /** It needs nothing of the target and may take minutes: nothing waits for it. */
  readonly isBeside?: true;
  readonly sample: (sinceMs: number) => Promise<readonly Evidence[]>;
}

/** A task that brings one evidence. */
export function samplingTask(
  source: string,
  { everyMs }: SamplingOptions,
  sample: (sinceMs: number) => Promise<Evidence>,
): SamplingTask {
  return { sources: [source], everyMs: everyMs(source), sample: async (sinceMs) => [await sample(sinceMs)] };
}

/** For a probe whose progress nobody watches. */
export const noProgress = (): void => undefined;

/** Why a control that was seen once is not tried again. */
export const provedBefore = 'it was seen at the beginning of the watch';
