/** Every source there is. The only place that knows them all: to add one, add its folder and its line here. */
import type { Policy as RunSettings } from '../model/policy.ts';
import { browser } from './browser/source.ts';
import { bundle } from './bundle/source.ts';
import { checks } from './checks/source.ts';
import { commands } from './commands/source.ts';
import { lighthouse } from './lighthouse/source.ts';
import { load } from './load/source.ts';
import { logs } from './logs/source.ts';
import { metrics } from './metrics/source.ts';
import { sentry } from './sentry/source.ts';

/** In the order in which a gate's phases and the doctor go through them. */
export const sources = [commands, checks, browser, lighthouse, load, bundle, sentry, metrics, logs] as const;

type AnySource = (typeof sources)[number];
type Intersection<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;
type AskedOf<One> = One extends { readonly ask: (choice: never) => infer Asked } ? Asked : never;

/** What a run asks of every source. */
export type SourcePolicies = Intersection<AskedOf<AnySource>>;
/** What one run is asked to do. */
export type Policy = RunSettings & SourcePolicies;

/** The keys that sources have in a part of the configuration. */
export function sourceKeys<Part extends 'rollout' | 'target' | 'profile'>(
  part: Part,
): Intersection<AnySource['keys'][Part]> {
  const keys = sources.map((source) => source.keys[part]);
  return Object.assign({}, ...keys) as Intersection<AnySource['keys'][Part]>;
}

/** `load:diff` → `load-diff`: the name of the evidence that a criterion rests on. */
export function evidenceName(from: string): string {
  return from.replace(':', '-');
}

/** The source that brings evidence of this name, or undefined for what is no source's. */
export function sourceOf(evidence: string): Pick<AnySource, 'kind' | 'times' | 'inBrowser' | 'watch'> | undefined {
  return sources.find(({ kind }) => evidence.startsWith(`${kind}-`));
}

/** Whether another build of the browser is another measurement. */
export function isInBrowser(evidence: string): boolean {
  return sourceOf(evidence)?.inBrowser === true;
}

/** Whether what a watch reads tells of the time since it was last read. */
export function isWindowed(evidence: string): boolean {
  return sourceOf(evidence)?.watch?.isWindowed === true;
}

/** Whether anything that is asked visits a page. */
export function needsBrowser(policy: SourcePolicies): boolean {
  return sources.some((source) => source.needsBrowser?.(policy) === true);
}

/** Whether anything that is asked puts load on the target. */
export function putsLoad(policy: SourcePolicies): boolean {
  return sources.some((source) => source.putsLoad?.(policy) === true);
}

/** Those that a watch samples, in their turn. */
export const watchedSources = sources
  .filter((source) => source.watch !== undefined)
  .toSorted((a, b) => (a.watch?.turn ?? 0) - (b.watch?.turn ?? 0));

/** The names of the evidence that a watch is asked for, in the turn of its sources. */
export function watchedEvidence(policy: SourcePolicies): readonly string[] {
  return watchedSources.flatMap((source) => source.evidence(policy));
}
