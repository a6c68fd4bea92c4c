/** What must be painted for a step to count as done: statements about content, safe to send into the page. */

/** One element that must be visible. All given properties must hold for the same element. */
export interface Painted {
  /** CSS selector of the candidates. */
  readonly css: string;
  /** Text the element must contain, white space folded. */
  readonly text?: string;
  /** At least this many visible candidates; 1 when left out. */
  readonly atLeast?: number;
}

/** Everything in the list must hold in the same frame. Never empty. */
export type Condition = readonly [Painted, ...Painted[]];

/** When the clock of a step starts. */
export type StartsAt =
  /** The first trusted input event after arming (`pointerdown`, `click` or `keydown`): its `timeStamp`. */
  | { readonly kind: 'input' }
  /** The navigation's time origin. */
  | { readonly kind: 'navigation' }
  /** The last byte of the newest response whose URL matches this regular expression. */
  | { readonly kind: 'response'; readonly url: string };

export interface ArmedStep {
  readonly condition: Condition;
  readonly startsAt: StartsAt;
  readonly timeoutMs: number;
}

/** What the page saw. Times in ms from the step's start; `frameMs` is the one that is judged. */
export type PageResult =
  | {
      readonly status: 'painted';
      readonly frameMs: number;
      readonly mutationMs: number;
      readonly presentedMs: number | null;
      readonly longTasksMs: readonly number[];
      readonly layoutShift: number;
      readonly hidden: boolean;
      /** Times the condition held and was gone again before its frame. */
      readonly vanished: number;
      readonly requests: readonly {
        readonly url: string;
        readonly startMs: number;
        readonly endMs: number;
        readonly sizeBytes: number;
      }[];
    }
  | { readonly status: 'never-painted'; readonly waitedMs: number; readonly missing: string }
  | { readonly status: 'already-painted'; readonly waitedMs: number };
