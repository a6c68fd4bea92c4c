/** What the configuration says of the JavaScript bundle, and what a run asks of it. */
import { z } from 'zod';
import { address } from '../../lib/fields.ts';
import { type Artifacts, artifactsMissing, withArtifacts } from '../artifacts.ts';

const globs = z.array(z.string().min(1));

/** Where a baseline is kept; `{target}` stands for the target's name. */
const baseline = z.string().min(1).default('baselines/{target}-bundle.json');

/** The application's scripts: what its pages load, or what a build wrote. */
const bundle = z.union(
  [
    z.strictObject({
      /** Below the target's web address; `{part}` stands for the id of the artifact that plays the part. */
      pages: z.array(z.strictObject({ path: z.string().startsWith('/'), expectText: z.string().min(1) })).min(1),
      /** Other origins whose scripts count: those of your own CDN. */
      origins: z.array(address).default([]),
      baseline,
    }),
    z.strictObject({
      /** The folder, from where Rampgate is run. */
      build: z.string().min(1),
      /** Of paths below it; what does not end in .js, .mjs or .cjs never counts. */
      include: globs.default(['**/*']),
      exclude: globs.default([]),
      baseline,
    }),
  ],
  'must be { pages: [{ path, expectText }] } or { build: FOLDER }',
);

export const bundleKeys = {
  rollout: {
    /** Criteria `from: 'bundle:js'` rest on it. */
    bundle: bundle.optional(),
  },
  target: {
    /** Its own scripts, where they are found in another way than the rollout says. */
    bundle: bundle.optional(),
  },
  profile: {},
};

type Bundle = z.output<typeof bundle>;

export interface BundleTarget {
  readonly artifacts: Artifacts;
  readonly bundle?: Bundle | undefined;
}

export interface BundleRollout {
  readonly bundle?: Bundle | undefined;
  readonly targets: Readonly<Record<string, BundleTarget>>;
}

/** The application's scripts, and what their sizes are compared with. */
export interface BundlePolicy {
  readonly source: BuildSource | PagesSource;
  /** The file that holds the baseline; what does not begin at the root begins where Rampgate is run. */
  readonly baseline: string;
}

/** Scripts in a folder that a build wrote. Globs are of paths below it, with forward slashes. */
export interface BuildSource {
  readonly kind: 'build';
  readonly folder: string;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** Scripts that pages load when they are opened. */
export interface PagesSource {
  readonly kind: 'pages';
  readonly pages: readonly BundlePage[];
  /** Whose scripts count beside those of the target's own web address: `https://cdn.example.com`. */
  readonly origins: readonly string[];
}

export interface BundlePage {
  /** As the configuration has it, artifacts by their part: the same page on every target. */
  readonly name: string;
  /** Path and query below the target's web address. */
  readonly path: string;
  /** Text that the loaded page shows: another page has other scripts. */
  readonly expectText: string;
}

/** The target's own bundle, or else the rollout's; null where neither has one. */
export function bundlePolicy(
  targetName: string,
  target: BundleTarget,
  ofRollout: Bundle | undefined,
): BundlePolicy | null {
  const chosen = target.bundle ?? ofRollout;
  if (chosen === undefined) return null;
  const kept = chosen.baseline.replaceAll('{target}', targetName);
  if ('build' in chosen) {
    const { build: folder, include, exclude } = chosen;
    return { source: { kind: 'build', folder, include, exclude }, baseline: kept };
  }
  const pages = chosen.pages.map(({ path, expectText }) => ({
    name: path,
    path: withArtifacts(path, target.artifacts),
    expectText,
  }));
  return {
    source: { kind: 'pages', pages, origins: chosen.origins.map((one) => new URL(one).origin) },
    baseline: kept,
  };
}

/** Artifacts that a target does not have. */
export function bundleContradictions({ bundle: shared, targets }: BundleRollout): string[] {
  const all = Object.entries(targets);
  return [
    ...pagesOf(shared).flatMap(({ path }, index) => artifactsMissing(`bundle.pages.${index}.path`, path, all)),
    ...all.flatMap(([key, target]) =>
      pagesOf(target.bundle).flatMap(({ path }, index) =>
        artifactsMissing(`targets.${key}.bundle.pages.${index}.path`, path, [[key, target]]),
      ),
    ),
  ];
}

function pagesOf(bundleOf: Bundle | undefined): readonly { readonly path: string }[] {
  return bundleOf !== undefined && 'pages' in bundleOf ? bundleOf.pages : [];
}
