/** What a source is: the one description by which the configuration, the gate, the watch and the doctor know it. */
import type { z } from 'zod';
import type { Evidence } from '../model/evidence.ts';
import type { Policy } from '../model/policy.ts';
import type { Diagnosis, Examination } from './diagnosis.ts';
import type { CollectOptions, Probe } from './probe.ts';
import type { SamplingOptions, SamplingTask } from './sampling.ts';

type Shape = Readonly<Record<string, z.ZodType>>;

/** Keys of the configuration that belong to a source. */
export interface SourceKeys {
  readonly rollout: Shape;
  readonly target: Shape;
  readonly profile: Shape;
}

/** What one run asks of the configuration. */
export interface Choice<Rollout, Target, Profile> {
  readonly rollout: Rollout;
  readonly target: Target;
  readonly targetName: string;
  readonly profile: Profile;
  readonly profileName: string;
  /** What the criteria of this run come from: `load:diff`. */
  readonly from: ReadonlySet<string>;
  /** Files that hold the target's logs, as `NAME=PATH`. */
  readonly logs?: readonly string[] | undefined;
}

/** How many samples one stage takes, and how that comes to be, in words. */
export interface Budget {
  readonly samples: number;
  readonly words: string;
}

/** One block of a comparison that measures two targets in turn. */
export interface Block {
  /** Whether evidence of this name is compared. */
  readonly isNeeded: (evidence: string) => boolean;
  readonly visits: number;
  readonly scenarios: Readonly<Record<string, { readonly visits: number; readonly rounds: number }>>;
  readonly loadFor: string;
  readonly load: Readonly<Record<string, { readonly for: string }>>;
}

export interface Source<
  Keys extends SourceKeys,
  Rollout,
  Target,
  Profile,
  Asked extends object,
  Needs extends object = Asked,
> {
  /** Before the colon in a criterion's `from`, and before the dash in the name of its evidence. */
  readonly kind: string;
  /** How `from` names it: `load:<name>`. */
  readonly from: readonly string[];
  readonly keys: Keys;
  /** What of it the configuration has, by name. */
  names(rollout: Rollout): readonly string[];
  /** What of it cannot be true, as `path: what is wrong`. */
  contradictions(rollout: Rollout): readonly string[];
  /** Null: nobody states how much it samples. */
  budget?(rollout: Rollout, profile: Profile, name: string): Budget | null;
  /** In how many stages it samples at the most; one when left out. */
  stages?(rollout: Rollout, profile: Profile, name: string): number;
  /** All requests that it may make; null: nobody counts them. None when left out. */
  mostRequests?(rollout: Rollout, profile: Profile, name: string): number | null;
  /** Why this run does not ask it; null where it may. */
  whyNot?(choice: Omit<Choice<Rollout, Target, Profile>, 'from'>, name: string): string | null;
  /** What of it a run is asked to do. */
  ask(choice: Choice<Rollout, Target, Profile>): Asked;
  /** What a criterion that rests on it is called; its own title when left out. */
  titled?(asked: Asked, name: string, title: string): string;
  /** Asked for nothing. */
  readonly nothing: Asked;
  /**
   * What both sides of a live comparison measure of it in turn, with a block's part of the sampling; left out where it tells of
   * a whole run.
   */
  inTurn?(asked: Asked, block: Block): Asked;
  /** Why evidence of this name is not measured in turn; null where it is. */
  whyNotInTurn?(asked: Asked, evidence: string): string | null;
  /** The names of the evidence that it brings. */
  evidence(asked: Asked): readonly string[];

  /** What of the machine disturbs its times; it times nothing when left out. */
  readonly times?: 'pages' | 'requests';
  /** Measured in a browser, so that another build of it is another measurement. */
  readonly inBrowser?: true;
  /** Needs a browser for what it is asked. */
  needsBrowser?(asked: Asked): boolean;
  /** Puts load on the target, which the target must allow. */
  putsLoad?(asked: Asked): boolean;

  /** How a gate collects its evidence. */
  probes(policy: Policy & Needs, options: CollectOptions): readonly Probe[];
  /** How a watch samples it; left out where a watch cannot. */
  readonly watch?: {
    /** In a round that is due at once, lower turns come first. */
    readonly turn: number;
    /** Sampled once, unless the configuration says otherwise. */
    readonly isOnce?: true;
    /** What it brings tells of the time since it was last read. */
    readonly isWindowed?: true;
    tasks(policy: Policy & Needs, options: SamplingOptions): readonly SamplingTask[];
  };
  /** Evidence that is read from the visits of a browser. */
  readonly ofVisits?: {
    names(asked: Asked): readonly string[];
    read(
      options: Pick<SamplingOptions, 'target' | 'shell'>,
      of: { readonly visited: readonly Evidence[]; readonly scenarios: readonly string[]; readonly folder: string },
    ): Promise<readonly Evidence[]>;
  };
  /** How the doctor looks at it beforehand: it changes nothing and plants nothing. */
  examine(policy: Policy & Needs, examination: Examination): Promise<readonly Diagnosis[]>;
}

/** Checks that a description is one. */
export function describeSource<
  Keys extends SourceKeys,
  Rollout,
  Target,
  Profile,
  Asked extends object,
  Needs extends object = Asked,
>(source: Source<Keys, Rollout, Target, Profile, Asked, Needs>): Source<Keys, Rollout, Target, Profile, Asked, Needs> {
  return source;
}
