/** The bundle probe: how large the application's scripts are, beside a baseline → evidence. */
import type { CollectedEvidence, Evidence, QualityIssue, Sizes } from '../../model/evidence.ts';
import { growthParts } from './compare-scripts.ts';
import { type MeasuredBundle, measureBundle } from './measure-bundle.ts';
import type { BundleProbeOptions } from './read-pages.ts';
import type { BundlePolicy } from './settings.ts';

/** A measurement that was accepted to compare with. */
export interface BundleBaseline {
  readonly release: string;
  readonly savedAt: string;
  readonly measured: string;
  readonly compression: string;
  readonly scripts: readonly (Sizes & { readonly name: string })[];
  /** Where it is kept, if not in the file that the policy names. */
  readonly keptIn?: string;
}

export interface CompareOptions extends BundleProbeOptions {
  /** What to compare with; a text says why there is nothing. */
  readonly readBaseline: () => BundleBaseline | string;
  /** The command that makes a baseline. */
  readonly howToSave: string;
}

const probe = 'bundle-js';
const sli = 'bundle.js-growth';

/** Measures once. Never throws: what goes wrong is in the evidence. */
export async function collectBundle(policy: BundlePolicy, options: CompareOptions): Promise<Evidence> {
  const startedAt = options.shell.now().toISOString();
  const now = await measureBundle(policy.source, options);
  const about = { probe, startedAt, finishedAt: options.shell.now().toISOString() };
  const [first, ...others] = now.qualityIssues;
  if (now.scripts.length === 0 && first !== undefined) {
    return { ...about, status: 'unavailable', qualityIssues: [first, ...others] };
  }
  const baseline = options.readBaseline();
  const keptIn = (typeof baseline === 'string' ? undefined : baseline.keptIn) ?? policy.baseline;
  const compared = compare(now, { baseline, keptIn, howToSave: options.howToSave });
  return {
    ...about,
    status: 'collected',
    ...compared,
    facts: { ...now.facts, measured: now.measured, compression: now.compression, baseline: keptIn },
    tools: now.tools,
    attachments: [],
    qualityIssues: [...now.qualityIssues, ...compared.qualityIssues],
  };
}

interface Comparing {
  readonly baseline: BundleBaseline | string;
  readonly keptIn: string;
  readonly howToSave: string;
}

function compare(
  now: MeasuredBundle,
  { baseline, keptIn, howToSave }: Comparing,
): Pick<CollectedEvidence, 'measurements' | 'qualityIssues'> {
  const why = typeof baseline === 'string' ? baseline : whyIncomparable(baseline, now);
  const how = `Make one of a release that is good: ${howToSave}`;
  if (typeof baseline === 'string' || why !== null) {
    const message = `there is no baseline to compare the scripts with in ${keptIn}: ${why}. ${how}`;
    const qualityIssue: QualityIssue = { code: 'no-baseline', message };
    return { measurements: [], qualityIssues: [qualityIssue] };
  }
  return {
    measurements: [
      {
        kind: 'growth',
        sli,
        how: `the content of each script of ${now.measured}, compressed by Rampgate: ${now.compression}`,
        unit: 'bytes',
        of: 'scripts',
        judged: 'gzip',
        count: now.scripts.reduce((sum, { files }) => sum + files, 0),
        baseline: `${baseline.release} of ${baseline.savedAt.slice(0, 10)}`,
        parts: growthParts(baseline.scripts, now.scripts),
      },
    ],
    qualityIssues: [],
  };
}

function whyIncomparable(baseline: BundleBaseline, now: MeasuredBundle): string | null {
  for (const [what, key] of [
    ['of', 'measured'],
    ['compressed with', 'compression'],
  ] as const) {
    if (baseline[key] !== now[key]) return `it is ${what} ${baseline[key]}, and this run ${what} ${now[key]}`;
  }
  return null;
}
