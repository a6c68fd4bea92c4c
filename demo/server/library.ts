/** The artifacts of a home as the API describes them, read from what is on disk now. */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Artifact, ArtifactDeployment, Associations, DeploymentInfo, Project } from '../contract.ts';
import { type DeploymentRecord, readDeployments } from './deployed.ts';
import { collectionFolder, deployedFolder, sourceFolder } from './home.ts';
import { hashBytes, treesDiffer } from './tree.ts';
import { type ArtifactPlan, artifactPlans, collectionNames, projectNames } from './seed-plan.ts';

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
export function isDeployed(plan: ArtifactPlan, projectPath: string): boolean {
  return readDeployments(projectPath).some((record) => record.artifactId === artifactId(plan));
}

/** One artifact with its deployments, those of the plan first and in its order. */
export function describeArtifact(home: string, plan: ArtifactPlan): Artifact {
  const { type, name, repository, version, tags, title, description } = plan;
  const deployments = deploymentsOf(home, plan);
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
export function describeDeployments(home: string, projectPath: string): readonly DeploymentInfo[] {
  return readDeployments(projectPath).flatMap((record) => {
    const plan = findArtifact(record.artifactId);
    if (!plan) return [];
    const isModified = isModifiedIn(home, plan, projectPath, record);
    return {
      artifact_name: plan.name,
      artifact_type: plan.type,
      from_collection: record.collection,
      deployed_at: record.deployedAt,
      artifact_path: deployedFolder(projectPath, plan),
      project_path: projectPath,
      collection_sha: record.collectionHash,
      local_modifications: isModified,
      sync_status: isModified ? 'modified' : 'synced',
    };
  });
}

/** One project and how much is deployed to it. */
export function describeProject(projectPath: string): Project {
  const dates = readDeployments(projectPath).map((record) => record.deployedAt);
  return {
    id: Buffer.from(projectPath).toString('base64url'),
    path: projectPath,
    name: basename(projectPath),
    deployment_count: dates.length,
    last_deployment: dates.toSorted().at(-1) ?? null,
  };
}

/** What an artifact needs and what needs it. */
export function describeAssociations(plan: ArtifactPlan): Associations {
  const id = artifactId(plan);
  const requiredBy = artifactPlans.filter((other) => other.requires.includes(id)).map(artifactId);
  return { artifact_id: id, requires: plan.requires, required_by: requiredBy };
}

/** The folder of the source of an artifact, or null for one that follows none. */
export function upstreamFolder(home: string, plan: ArtifactPlan): string | null {
  return plan.repository === null ? null : sourceFolder(home, plan);
}

function deploymentsOf(home: string, plan: ArtifactPlan): readonly ArtifactDeployment[] {
  const planned = plan.projects.map((name) => join(home, 'projects', name));
  const candidates = new Set([...planned, ...projectPaths(home)]);
  return [...candidates].flatMap((projectPath) => {
    const record = readDeployments(projectPath).find((other) => other.artifactId === artifactId(plan));
    if (!record) return [];
    return {
      project_path: projectPath,
      project_name: basename(projectPath),
      deployed_at: record.deployedAt,
      local_modifications: isModifiedIn(home, plan, projectPath, record),
    };
  });
}

function isModifiedIn(home: string, plan: ArtifactPlan, projectPath: string, record: DeploymentRecord): boolean {
  return treesDiffer(collectionFolder(home, record.collection, plan), deployedFolder(projectPath, plan));
}
