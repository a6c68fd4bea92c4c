/** The state that all routes of the API share. */
import type { Logger } from 'pino';
import type { Conventions } from '../conventions.ts';
import type { DiffCache } from './diff-cache.ts';
import { findArtifact, isProject, type Library } from './library.ts';
import type { Metrics } from './metrics.ts';
import { HttpProblem } from './problems.ts';
import { type ArtifactPlan, collectionNames, defaultCollection } from './seed-plan.ts';

/** The state of one running API. */
export interface ApiContext extends Library {
  readonly release: string;
  readonly cache: DiffCache;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly conventions: Conventions;
  /** Whether invalidations of cached diffs are logged. */
  readonly logsInvalidations: boolean;
  /** Writes a plain line to the log. */
  readonly print: (line: string) => void;
}

/** The artifact with this id. Throws a 400 for an id of another form and a 404 for an unknown one. */
export function requireArtifact(id: string): ArtifactPlan {
  if (!/^[a-z]+:[\w-]+$/.test(id)) throw new HttpProblem(400, `'${id}' is not an artifact id of the form type:name`);
  const plan = findArtifact(id);
  if (!plan) throw new HttpProblem(404, `Artifact '${id}' not found`);
  return plan;
}

/** A collection's name, the default one for none. Throws a 404 for an unknown one. */
export function requireCollection(name: string | undefined): string {
  const collection = collectionNames.find((known) => known === (name ?? defaultCollection));
  if (!collection) throw new HttpProblem(404, `Collection '${name}' not found`);
  return collection;
}

/** The folder of a project. Throws a 400 for anything that is not one. */
export function requireProject(home: string, projectPath: string): string {
  if (!isProject(home, projectPath)) throw new HttpProblem(400, `Project path '${projectPath}' does not exist`);
  return projectPath;
}
