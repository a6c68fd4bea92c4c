/** Chooses the project that is compared. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Artifact, ArtifactDeployment } from '../../../contract.ts';
import { endMeasure, startMeasure } from '../perf-marks.ts';
import { artifactQuery } from '../queries.ts';

interface ProjectSelectorProps {
  readonly artifact: Artifact;
  readonly collection: string;
  readonly chosenPath: string | null;
  readonly onChoose: (path: string) => void;
}

/** One line with the chosen project; the others appear on "Change". */
export function ProjectSelector({ artifact, collection, chosenPath, onChoose }: ProjectSelectorProps) {
  const deployments = useQuery(artifactQuery(artifact, collection)).data?.deployments;
  const [isOpen, setIsOpen] = useState(chosenPath === null);
  useSelectorMeasures(deployments !== undefined);
  const chosen = deployments?.find(({ project_path }) => project_path === chosenPath);
  const choose = (path: string) => {
    onChoose(path);
    setIsOpen(false);
  };
  return (
    <section className="projects">
      <header>
        <h3>Select Project for Comparison</h3>
        <span className="muted">{countsOf(deployments)}</span>
        {chosen && <strong>{chosen.project_name}</strong>}
        {chosenPath !== null && (
          <button
            type="button"
            className="button button-quiet"
            aria-expanded={isOpen}
            onClick={() => setIsOpen(!isOpen)}
          >
            {isOpen ? 'Collapse' : 'Change'}
          </button>
        )}
      </header>
      {isOpen && deployments && <ProjectCards deployments={deployments} chosenPath={chosenPath} onChoose={choose} />}
    </section>
  );
}

interface ProjectCardsProps extends Pick<ProjectSelectorProps, 'chosenPath' | 'onChoose'> {
  readonly deployments: readonly ArtifactDeployment[];
}

function ProjectCards({ deployments, chosenPath, onChoose }: ProjectCardsProps) {
  return (
    <ul className="project-cards">
      {deployments.map(({ project_path: path, project_name: name, local_modifications: isModified }) => (
        <li key={path}>
          <button type="button" aria-pressed={path === chosenPath} onClick={() => onChoose(path)}>
            <strong>{name}</strong>
            <code>{path}</code>
            {isModified && <span className="badge badge-modified">Modified</span>}
          </button>
        </li>
      ))}
    </ul>
  );
}

function countsOf(deployments: readonly ArtifactDeployment[] | undefined): string {
  if (!deployments) return 'Loading projects...';
  if (deployments.length === 0) return 'No deployments found';
  const modified = deployments.filter((deployment) => deployment.local_modifications).length;
  return `${deployments.length} projects found, ${modified} modified`;
}

function useSelectorMeasures(isReady: boolean): void {
  useEffect(() => {
    startMeasure('project-selector.mount');
    startMeasure('project-selector.ready');
    return () => endMeasure('project-selector.mount');
  }, []);
  useEffect(() => {
    if (isReady) endMeasure('project-selector.ready');
  }, [isReady]);
}
