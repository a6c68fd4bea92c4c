/** The rollback: steps as configured, the plan as reported, and what a preflight found. */
import type { Instant } from './units.ts';

/** `look` finds something out, `remedy` takes a part of a layer back, `undo` the whole layer. */
export type RollbackRole = 'look' | 'remedy' | 'undo';

/** One step of the way back, filled in for a run. What is optional is absent in reports that did not know it yet. */
export interface RollbackStep {
  readonly title: string;
  readonly layer: 'frontend' | 'backend';
  readonly role?: RollbackRole;
  /** A line for a shell, every value in it; absent where a person does it. */
  readonly command?: string;
  /** What it changes, when it works. */
  readonly effect?: string;
  /** How a person sees that it worked. */
  readonly verify: string;
  /** Ids of the criteria that are measured anew after it, and must hold. */
  readonly proves?: readonly string[];
  /** The failed criteria that led to it. */
  readonly because?: readonly string[];
  readonly reversible?: Reversibility;
  readonly takesMs?: number;
  /** Whether it was proved that it can be carried out; absent where there is no command. */
  readonly armed?: boolean;
  readonly armedBecause?: string;
}

export interface Reversibility {
  readonly note: string;
  /** What takes the step itself back. */
  readonly undo?: string;
}

/** One step as the configuration states it: `{value}` in its texts stands for what the plan fills in. */
export interface RollbackStepPolicy {
  readonly title: string;
  readonly layer: RollbackStep['layer'];
  readonly role: RollbackRole;
  readonly command?: string;
  /** It is given up after this long. */
  readonly timeoutMs: number;
  /** Environment variables that it and its checks get, by name, beside PATH and the like. */
  readonly env: readonly string[];
  readonly effect?: string;
  readonly verify: string;
  /** A look or a remedy is for these criteria; empty: a look for all. */
  readonly when: readonly string[];
  readonly settles: SettlePolicy;
  /** A page: what a visitor's Cache Storage then keeps must be what is served now. */
  readonly cacheStorage?: string;
  readonly proves: readonly string[];
  readonly reversible?: Reversibility;
  readonly takesMs?: number;
  /** Commands that change nothing, and end well only where the step can be carried out. */
  readonly checks: readonly { readonly title: string; readonly command: string }[];
}

/** What an address must answer, twice in a row, before a step counts as done. */
export interface SettlePolicy {
  readonly at: string;
  readonly withinMs: number;
  /** Text of the answer. */
  readonly shows?: string;
  /** Header that says so. */
  readonly header?: { readonly name: string; readonly is: string };
}

/** The way back, as the rollout's config states it: all steps in order, each for one layer. */
export interface RollbackPolicy {
  readonly steps: readonly RollbackStepPolicy[];
  /** What commands are filled in with, by name; null: it is needed and nobody said it yet. */
  readonly values: { readonly [name: string]: string | null };
  readonly escalation: readonly EscalationPolicy[];
}

/** Whom to ask where the way back does not help. */
export interface EscalationPolicy {
  /** For these criteria; empty: for all. */
  readonly when: readonly string[];
  readonly to: string;
  readonly how: string;
}

/** What `rollback --check` found out about a target's steps. */
export interface Preflight {
  readonly at: Instant;
  readonly target: string;
  readonly steps: readonly PreflightStep[];
}

export interface PreflightStep {
  readonly title: string;
  /** The command and its checks as they were checked: another one is another step. */
  readonly definition: string;
  readonly armed: boolean;
  readonly because: string;
}

export interface RollbackPlan {
  readonly scope: 'none' | 'frontend' | 'backend' | 'both';
  /** Whether the plan was proved to be executable before it is needed. */
  readonly armed: boolean;
  readonly armedBecause: string;
  /** Why this scope: the failed criteria that led to it. */
  readonly because: readonly string[];
  readonly steps: readonly RollbackStep[];
  /** Why it is this way and not a shorter one. */
  readonly notes?: readonly string[];
  /** All steps together, as far as their times are stated. */
  readonly takesMs?: number;
  readonly escalation?: readonly Escalation[];
}

export interface Escalation {
  readonly to: string;
  readonly how: string;
  readonly because: readonly string[];
}
