/** What must be painted for a step to count as done: statements about content, safe to send into the page. */
import { defined } from '../lib/defined.ts';

/**
 * Something that must be visible: all given properties must hold for the same element. Looked for in the page, in its
 * shadow trees (open or closed) and in its frames of the same origin; a selector does not reach across their borders.
 */
export type Painted = PaintedByCss | PaintedByRole;

interface Content {
  /** Text the element must contain, white space folded. */
  readonly text?: string;
  /** At least this many visible candidates; 1 when left out. */
  readonly atLeast?: number;
}

export interface PaintedByCss extends Content {
  /** CSS selector of the candidates. */
  readonly css: string;
}

export interface PaintedByRole extends Content {
  readonly role: Role;
  /** The whole accessible name, white space folded. */
  readonly name?: string;
}

/** The elements that have a role without saying so (ARIA in HTML, the usual ones). */
const nativeElements = {
  alert: [],
  button: ['button', 'summary', 'input[type="button"]', 'input[type="submit"]', 'input[type="reset"]'],
  cell: ['td'],
  checkbox: ['input[type="checkbox"]'],
  columnheader: ['th'],
  combobox: ['select:not([multiple], [size])'],
  dialog: ['dialog'],
  heading: ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
  img: ['img', 'svg'],
  link: ['a[href]'],
  list: ['ul', 'ol'],
  listitem: ['li'],
  main: ['main'],
  menuitem: [],
  navigation: ['nav'],
  option: ['option'],
  progressbar: ['progress'],
  radio: ['input[type="radio"]'],
  region: ['section[aria-label]', 'section[aria-labelledby]'],
  row: ['tr'],
  status: ['output'],
  tab: [],
  table: ['table'],
  tabpanel: [],
  textbox: ['textarea', 'input:not([type])', 'input[type="text"]', 'input[type="email"]', 'input[type="url"]'],
} as const;

export type Role = keyof typeof nativeElements;

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

/** A part of a condition as the page gets it. */
export interface ArmedPart {
  readonly css: string;
  readonly name?: string;
  readonly text?: string;
  readonly atLeast: number;
  /** In words, for the message that it was never there. */
  readonly described: string;
}

export interface ArmedStep {
  readonly condition: readonly ArmedPart[];
  readonly startsAt: StartsAt;
  readonly timeoutMs: number;
}

/** What the page saw. Times in ms from the step's start; `frameMs` is the frame that painted the answer. */
export type PageResult =
  | PaintedResult
  | {
      readonly status: 'never-painted';
      readonly waitedMs: number;
      readonly missing: string;
      readonly hidden: boolean;
      readonly vanished: number;
    }
  | { readonly status: 'already-painted'; readonly waitedMs: number };

export interface PaintedResult extends Surroundings {
  readonly status: 'painted';
  readonly frameMs: number;
  readonly mutationMs: number;
  readonly presentedMs: number | null;
  /** Whether the tab was in the background for any part of it. */
  readonly hidden: boolean;
  /** Times the condition held and was gone again before its frame. */
  readonly vanished: number;
}

/** What else went on between a start and an end. */
export interface Surroundings {
  readonly longTasksMs: readonly number[];
  /** When each of them began, from the start. */
  readonly longTasksAtMs: readonly number[];
  readonly longFramesMs: readonly number[];
  readonly layoutShift: number;
  readonly requests: readonly {
    readonly url: string;
    readonly startMs: number;
    readonly firstByteMs?: number;
    readonly endMs: number;
    readonly sizeBytes: number;
  }[];
}

/** The same condition, for the page: roles are selectors by then. */
export function armCondition(condition: Condition): readonly ArmedPart[] {
  return condition.map((part) => {
    const { text, atLeast = 1 } = part;
    const name = 'role' in part ? part.name : undefined;
    const what = 'role' in part ? `${part.role}${name === undefined ? '' : ` “${name}”`}` : part.css;
    return {
      css: 'role' in part ? selectorOf(part.role) : part.css,
      ...defined({ name, text }),
      atLeast,
      described: `${atLeast} × ${what}${text === undefined ? '' : ` with “${text}”`}`,
    };
  });
}

function selectorOf(role: Role): string {
  return [`[role="${role}"]`, ...nativeElements[role].map((native) => `${native}:not([role])`)].join(', ');
}
