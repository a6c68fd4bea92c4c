/** What a project remembers about the artifacts deployed to it: one JSON file beside them. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One deployment. `collectionHash` is what the collection held when it was deployed. */
export interface DeploymentRecord {
  readonly artifactId: string;
  readonly collection: string;
  readonly deployedAt: string;
  readonly collectionHash: string;
}

/** All deployments of a project, in the order they were first made. A project without any has none. */
export function readDeployments(projectPath: string): readonly DeploymentRecord[] {
  try {
    // The file is written by recordDeployment alone.
    return JSON.parse(readFileSync(recordPath(projectPath), 'utf8')) as readonly DeploymentRecord[];
  } catch {
    return [];
  }
}

/** Adds a deployment, in place of an earlier one of the same artifact. */
export function recordDeployment(projectPath: string, record: DeploymentRecord): void {
  const records = readDeployments(projectPath);
  const isKnown = records.some((other) => other.artifactId === record.artifactId);
  const updated = isKnown
    ? records.map((other) => (other.artifactId === record.artifactId ? record : other))
    : [...records, record];
  writeRecords(projectPath, updated);
}

/** Forgets the deployment of an artifact. */
export function forgetDeployment(projectPath: string, artifactId: string): void {
  writeRecords(
    projectPath,
    readDeployments(projectPath).filter((record) => record.artifactId !== artifactId),
  );
}

function writeRecords(projectPath: string, records: readonly DeploymentRecord[]): void {
  const path = recordPath(projectPath);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(records, null, 2));
}

function recordPath(projectPath: string): string {
  return join(projectPath, '.claude', 'deployed.json');
}
