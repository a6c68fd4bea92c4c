/** The demo's temporary home: real directories for sources, collections and projects, and the two logs. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createDeploymentIndex, type DeploymentIndex } from './deployed.ts';
import { type ArtifactPlan, artifactPlans, collectionNames, defaultCollection, projectNames } from './seed-plan.ts';
import { documentLines, editedLines, historyEntries } from './seed-text.ts';
import { hashTree } from './tree.ts';

/** The folders and logs of one running demo. */
export interface Home {
  readonly path: string;
  readonly deployments: DeploymentIndex;
  readonly logs: { readonly api: string; readonly frontend: string };
  /** Removes the home with everything in it. */
  readonly remove: () => void;
}

type Place =
  | { readonly kind: 'source' }
  | { readonly kind: 'collection'; readonly name: string }
  | { readonly kind: 'project'; readonly name: string };

/** Creates a home and fills it with the same files on every start. */
export function createHome(): Home {
  const path = mkdtempSync(join(realpathSync(tmpdir()), 'rampgate-demo-'));
  for (const project of projectNames) mkdirSync(join(path, 'projects', project), { recursive: true });
  const deployments = createDeploymentIndex();
  for (const plan of artifactPlans) seedArtifact(path, plan, deployments);
  return {
    path,
    deployments,
    logs: { api: join(path, 'api.log'), frontend: join(path, 'frontend.log') },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** The folder of an artifact's source. */
export function sourceFolder(home: string, artifact: { readonly name: string }): string {
  return join(home, 'sources', artifact.name);
}

/** The folder of an artifact in a collection. */
export function collectionFolder(
  home: string,
  collection: string,
  artifact: Pick<ArtifactPlan, 'type' | 'name'>,
): string {
  return join(home, 'collections', collection, `${artifact.type}s`, artifact.name);
}

/** The folder of an artifact deployed to a project. */
export function deployedFolder(projectPath: string, artifact: Pick<ArtifactPlan, 'type' | 'name'>): string {
  return join(projectPath, '.claude', `${artifact.type}s`, artifact.name);
}

function seedArtifact(home: string, plan: ArtifactPlan, deployments: DeploymentIndex): void {
  if (plan.repository !== null) seedFolder(sourceFolder(home, plan), plan, { kind: 'source' });
  for (const name of collectionNames)
    seedFolder(collectionFolder(home, name, plan), plan, { kind: 'collection', name });
  const collectionHash = hashTree(collectionFolder(home, defaultCollection, plan));
  for (const [index, name] of plan.projects.entries()) {
    const projectPath = join(home, 'projects', name);
    seedFolder(deployedFolder(projectPath, plan), plan, { kind: 'project', name });
    deployments.record(projectPath, {
      artifactId: `${plan.type}:${plan.name}`,
      collection: defaultCollection,
      deployedAt: new Date(Date.UTC(2026, 1, 20 - index, 9, 30)).toISOString(),
      collectionHash,
    });
  }
}

function seedFolder(folder: string, plan: ArtifactPlan, place: Place): void {
  const { modified, added, deleted, unchanged, large } = plan.files;
  const present = [
    ...modified,
    ...unchanged,
    // An added file is missing in collections, a deleted one in projects: so every path has a row in every scope.
    ...(place.kind === 'collection' ? [] : added),
    ...(place.kind === 'project' ? [] : deleted),
  ];
  const paths = large ? [...present, large] : present;
  for (const parent of new Set(paths.map((path) => dirname(join(folder, path)))))
    mkdirSync(parent, { recursive: true });
  for (const path of present) {
    const base = documentLines(path, 36 + (path.length % 24));
    writeText(join(folder, path), modified.includes(path) ? ownVersion(base, path, place) : base);
  }
  if (large) writeText(join(folder, large), largeVersion(large, place));
}

function ownVersion(base: readonly string[], path: string, place: Place): readonly string[] {
  if (place.kind === 'source') return editedLines(base, `${path}@source`, 3 + (path.length % 3));
  if (place.kind === 'project') return editedLines(base, `${path}@${place.name}`, 4 + (path.length % 5));
  return place.name === defaultCollection ? base : editedLines(base, `${path}@${place.name}`, 2);
}

/** Sources have half of the history and projects all of it, so that no two places are close to each other. */
function largeVersion(path: string, place: Place): readonly string[] {
  const top = ownVersion(documentLines(path, 40), path, place);
  const entryCount = { source: 520, collection: 0, project: 1040 }[place.kind];
  return [...top, ...historyEntries(entryCount)];
}

function writeText(path: string, lines: readonly string[]): void {
  writeFileSync(path, `${lines.join('\n')}\n`);
}
