/** The artifacts of a home as the API describes them, read from disk. */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { LRUCache } from 'lru-cache';
import type { Artifact, ArtifactDeployment, Associations, DeploymentInfo, Project } from '../contract.ts';
import type { DeploymentIndex, DeploymentRecord } from './deployed.ts';
import { collectionFolder, deployedFolder, sourceFolder } from './home.ts';
import { type ArtifactPlan, artifactPlans, collectionNames, projectNames } from './seed-plan.ts';
import { hashBytes, treesDiffer } from './tree.ts';

/** A home with its deployments. */
export interface Library {
  readonly home: string;
  readonly deployments: DeploymentIndex;
  /** Whether a deployment differs from its collection, by project and artifact; cached for a while. */
  readonly drift: LRUCache<string, boolean>;
}

const driftTtlMs = 120_000;

/** Opens a home as a library. */
export function openLibrary(home: string, deployments: DeploymentIndex): Library {
  return { home, deployments, drift: new LRUCache({ max: 1000, ttl: driftTtlMs }) };
}

/** The id under which the API knows an artifact. */
export function artifactId(plan: Pick<ArtifactPlan, 'type' | 'name'>): string {
  return `${plan.type}:${plan.name}`;
}

/** The plan behind an id, or null. */
export function findArtifact(id: string): ArtifactPlan | null {
  return artifactPlans.find((plan) => artifactId(plan) === id) ?? null;
}

/** The folders of all projects of a home. */
export function projectPaths(home: string): readonly string[] {
  return projectNames.map((name) => join(home, 'projects', name));
}

/** Whether a path is the folder of one of the home's projects. */
export function isProject(home: string, projectPath: string): boolean {
  return projectPaths(home).includes(projectPath) && existsSync(projectPath);
}

/** Whether an artifact is deployed to a project. */
export function isDeployed({ deployments }: Library, plan: ArtifactPlan, projectPath: string): boolean {
  return deployments.find(projectPath, artifactId(plan)) !== undefined;
}

/** One artifact with its deployments, those of the plan first and in its order. */
export function describeArtifact(library: Library, plan: ArtifactPlan): Artifact {
  const { type, name, repository, version, tags, title, description } = plan;
  const deployments = deploymentsOf(library, plan);
  const stamp = '2026-02-21T08:00:00.000Z';
  return {
    id: artifactId(plan),
    uuid: hashBytes(Buffer.from(artifactId(plan))).slice(0, 32),
    name,
    type,
    source: repository === null ? 'local' : `${repository}/${name}`,
    origin: repository === null ? 'local' : 'github',
    version,
    tags,
    metadata: { title, description, license: 'MIT' },
    upstream: {
      tracking_enabled: repository !== null,
      update_available: repository !== null && plan.files.modified.length > 0,
      has_local_modifications: deployments.some((deployment) => deployment.local_modifications),
    },
    deployments,
    collections: collectionNames.map((collection) => ({ id: collection, name: collection })),
    added: stamp,
    updated: stamp,
  };
}

/** What is deployed to a project. */
export function describeDeployments(library: Library, projectPath: string): readonly DeploymentInfo[] {
  return library.deployments.of(projectPath).flatMap((record) => {
    const plan = findArtifact(record.artifactId);
    if (!plan) return [];
    const hasDrifted = isModified(library, plan, { projectPath, collection: record.collection });
    return {
      artifact_name: plan.name,
      artifact_type: plan.type,
      from_collection: record.collection,
      deployed_at: record.deployedAt,
      artifact_path: deployedFolder(projectPath, plan),
      project_path: projectPath,
      collection_sha: record.collectionHash,
      local_modifications: hasDrifted,
      sync_status: hasDrifted ? 'modified' : 'synced',
    };
  });
}

/** One project and how much is deployed to it. */
export function describeProject({ deployments }: Library, projectPath: string): Project {
  const dates = deployments.of(projectPath).map((record) => record.deployedAt);
  return {
    id: Buffer.from(projectPath).toString('base64url'),
    path: projectPath,
    name: basename(projectPath),
    deployment_count: dates.length,
    last_deployment: dates.toSorted().at(-1) ?? null,
  };
}

/** Artifacts that this one requires, and those that require it. */
export function describeAssociations(plan: ArtifactPlan): Associations {
  const id = artifactId(plan);
  const requiredBy = artifactPlans.filter((other) => other.requires.includes(id)).map(artifactId);
  return { artifact_id: id, requires: plan.requires, required_by: requiredBy };
}

/** The folder of the source of an artifact, or null for one that follows none. */
export function upstreamFolder(home: string, plan: ArtifactPlan): string | null {
  return plan.repository === null ? null : sourceFolder(home, plan);
}

function deploymentsOf(library: Library, plan: ArtifactPlan): readonly ArtifactDeployment[] {
  const planned = plan.projects.map((name) => join(library.home, 'projects', name));
  const candidates = new Set([...planned, ...projectPaths(library.home)]);
  return [...candidates].flatMap((projectPath) => {
    const record = library.deployments.find(projectPath, artifactId(plan));
    if (!record) return [];
    return {
      project_path: projectPath,
      project_name: basename(projectPath),
      deployed_at: record.deployedAt,
      local_modifications: isModified(library, plan, { projectPath, collection: record.collection }),
    };
  });
}

function isModified({ home, drift }: Library, plan: ArtifactPlan, { projectPath, collection }: Deployed): boolean {
  const key = `${artifactId(plan)} ${projectPath}`;
  const differs =
    drift.get(key) ?? treesDiffer(collectionFolder(home, collection, plan), deployedFolder(projectPath, plan));
  drift.set(key, differs, { noUpdateTTL: true });
  return differs;
}

interface Deployed extends Pick<DeploymentRecord, 'collection'> {
  readonly projectPath: string;
}
