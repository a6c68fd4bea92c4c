/** What the configuration says of Lighthouse, and what a run asks of it. */
import { z } from 'zod';
import { name } from '../../lib/fields.ts';
import { unknownName } from '../../lib/known-name.ts';
import { type Artifacts, artifactsMissing, withArtifacts } from '../artifacts.ts';

const runs = z.number().int().positive();

const page = z.strictObject({
  /** The page, below the target's web address; `{part}` stands for the id of the artifact that plays the part. */
  path: z.string().startsWith('/', 'must be a path below the web address, such as "/search?q={small}"'),
  /** Text that the loaded page shows: an error page is painted fast too. */
  expectText: z.string().min(1),
  /** Visits, each of about 15 seconds. */
  runs: runs.default(3),
});

export const lighthouseKeys = {
  rollout: {
    /** Pages that Lighthouse visits. */
    lighthouse: z.record(name, page).default({}),
  },
  target: {},
  profile: { lighthouse: z.record(name, z.strictObject({ runs })).default({}) },
};

type Pages = Readonly<Record<string, z.output<typeof page>>>;

export interface LighthouseProfile {
  readonly lighthouse: Readonly<Record<string, { readonly runs: number }>>;
}

export interface LighthouseRollout {
  readonly lighthouse: Pages;
  readonly targets: Readonly<Record<string, { readonly artifacts: Artifacts }>>;
  readonly profiles: Readonly<Record<string, LighthouseProfile>>;
}

/** A page that Lighthouse visits. */
export interface LighthousePolicy {
  readonly name: string;
  /** Path and query below the target's web address. */
  readonly path: string;
  /** Text that the loaded page shows; a visit that shows something else does not count. */
  readonly expectText: string;
  readonly runs: number;
}

/** The pages that are asked for, with the profile's number of runs. */
export function pagesToVisit(
  { lighthouse }: Pick<LighthouseRollout, 'lighthouse'>,
  { profile, target }: { readonly profile: LighthouseProfile; readonly target: { readonly artifacts: Artifacts } },
): LighthousePolicy[] {
  return Object.entries(lighthouse).map(([key, { path, expectText, runs: usual }]) => ({
    name: key,
    path: withArtifacts(path, target.artifacts),
    expectText,
    runs: profile.lighthouse[key]?.runs ?? usual,
  }));
}

/** Artifacts that a target does not have, and profiles that name other pages. */
export function lighthouseContradictions({ lighthouse, targets, profiles }: LighthouseRollout): string[] {
  return [
    ...Object.entries(profiles).flatMap(([profile, { lighthouse: own }]) =>
      Object.keys(own).flatMap((id) => unknownName(`profiles.${profile}.lighthouse`, id, Object.keys(lighthouse))),
    ),
    ...Object.entries(lighthouse).flatMap(([key, { path }]) =>
      artifactsMissing(`lighthouse.${key}.path`, path, Object.entries(targets)),
    ),
  ];
}
