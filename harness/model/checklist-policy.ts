/** Checklists and lists of commands as configured. */

/** A checklist, for one target. */
export interface ChecklistPolicy {
  readonly list: string;
  readonly title: string;
  readonly target: string;
  readonly items: readonly ChecklistItem[];
}

export type ChecklistItem = { readonly id: string; readonly title: string } & (
  | { readonly kind: 'ask'; readonly question: string }
  /** Run after somebody has confirmed it, or without asking. */
  | { readonly kind: 'commands'; readonly list: CommandListPolicy; readonly confirm: boolean }
  /** Arguments of Rampgate's own command line. */
  | { readonly kind: 'rampgate'; readonly args: readonly string[]; readonly timeoutMs: number }
  /** Another list that must have been completed before. */
  | { readonly kind: 'walked'; readonly list: string }
);

/** A list of commands, such as the checklist's before a deploy. */
export interface CommandListPolicy {
  /** What criteria and the command line call it: `pre-deploy`. */
  readonly name: string;
  /** Which list of the configuration the target has under that name. */
  readonly list: string;
  /** What these commands check, for the report. */
  readonly title: string;
  /** How many run at once. */
  readonly parallel: number;
  readonly each: readonly CommandPolicy[];
}

export interface CommandPolicy {
  readonly title: string;
  /** A program with its arguments, or a line for bash. */
  readonly run: readonly [string, ...string[]] | string;
  /** Folder it runs in, relative to where Rampgate is run. */
  readonly in: string;
  /** Environment variables it gets, by name, beside the few that every program needs. */
  readonly env: readonly string[];
  readonly timeoutMs: number;
  /** What to do when it cannot run, such as how to install the tool. */
  readonly advice?: string;
}
