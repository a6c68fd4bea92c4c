/** What is deployed to which project: one JSON file in each project, kept in memory while the demo runs. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One deployment. `collectionHash` is what the collection held when it was deployed. */
export interface DeploymentRecord {
  readonly artifactId: string;
  readonly collection: string;
  readonly deployedAt: string;
  readonly collectionHash: string;
}

/** The deployments of all projects. Every change is written to the project before the call returns. */
export interface DeploymentIndex {
  /** In the order of the first deployments. */
  readonly of: (projectPath: string) => readonly DeploymentRecord[];
  readonly find: (projectPath: string, artifactId: string) => DeploymentRecord | undefined;
  /** Adds a deployment, replacing an earlier one of the same artifact. */
  readonly record: (projectPath: string, record: DeploymentRecord) => void;
  readonly forget: (projectPath: string, artifactId: string) => void;
}

/** Creates an index of projects to which nothing is deployed yet. */
export function createDeploymentIndex(): DeploymentIndex {
  const projects = new Map<string, readonly DeploymentRecord[]>();
  const of = (projectPath: string) => projects.get(projectPath) ?? [];
  const replace = (projectPath: string, records: readonly DeploymentRecord[]) => {
    const path = join(projectPath, '.claude', 'deployed.json');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, JSON.stringify(records, null, 2));
    projects.set(projectPath, records);
  };
  const find = (projectPath: string, artifactId: string) =>
    of(projectPath).find((record) => record.artifactId === artifactId);
  return {
    of,
    find,
    record(projectPath, record) {
      const known = find(projectPath, record.artifactId);
      const records = of(projectPath);
      replace(projectPath, known ? records.map((other) => (other === known ? record : other)) : [...records, record]);
    },
    forget(projectPath, artifactId) {
      replace(
        projectPath,
        of(projectPath).filter((record) => record.artifactId !== artifactId),
      );
    },
  };
}
