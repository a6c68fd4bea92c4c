/** Paths that name artifacts by the part they play: `/manage?artifact={large}`. */
import { placeholder } from '../lib/placeholder.ts';

export type Artifacts = Readonly<Record<string, { readonly id: string }>>;

/** The path with the ids of a target's artifacts, encoded. */
export function withArtifacts(path: string, artifacts: Artifacts): string {
  return path.replaceAll(placeholder, (_, part: string) => encodeURIComponent(artifacts[part]?.id ?? ''));
}

/** A page that names an artifact by its part can be visited only on targets that have one. */
export function artifactsMissing(
  where: string,
  path: string,
  targets: readonly (readonly [string, { readonly artifacts: Artifacts }])[],
): string[] {
  return [...path.matchAll(placeholder)].flatMap(([, part = '']) =>
    targets
      .filter(([, { artifacts }]) => artifacts[part] === undefined)
      .map(([target]) => `${where}: target ${target} has no artifact "${part}"`),
  );
}
