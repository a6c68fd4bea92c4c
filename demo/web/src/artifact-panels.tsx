/** The tabs beside the comparison: short lists of facts about an artifact. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Artifact } from '../../contract.ts';
import { openArtifact } from './location.ts';
import { associationsQuery, filesQuery } from './queries.ts';
import { StatusBadge, syncStatusOf } from './sync-state.tsx';

interface PanelProps {
  readonly artifact: Artifact;
}

/** How the artifact stands, and the way to the comparison. */
export function StatusPanel({ artifact }: PanelProps) {
  const links = useQuery(associationsQuery(artifact.id)).data;
  const linkCount = links && links.requires.length + links.required_by.length;
  return (
    <>
      <Facts
        facts={[
          ['State', <StatusBadge key="state" status={syncStatusOf(artifact)} />],
          ['Deployed to', `${artifact.deployments.length} projects`],
          ['Modified in', `${artifact.deployments.filter((d) => d.local_modifications).length} projects`],
          ['Linked with', linkCount === undefined ? '…' : `${linkCount} artifacts`],
        ]}
      />
      <button type="button" className="button" onClick={() => openArtifact(artifact.id, 'sync')}>
        Compare versions
      </button>
    </>
  );
}

/** What the artifact is. */
export function OverviewPanel({ artifact: { metadata, tags, version, source } }: PanelProps) {
  return (
    <>
      <p className="lead">{metadata.description}</p>
      <Facts
        facts={[
          ['Title', metadata.title],
          ['Version', version],
          ['Source', source],
          ['License', metadata.license],
          ['Tags', tags.join(', ')],
        ]}
      />
    </>
  );
}

/** The files in the collection. */
export function ContentsPanel({ artifact }: PanelProps) {
  return <TextList items={useQuery(filesQuery(artifact.id)).data} whenEmpty="No files." />;
}

/** Artifacts that this one needs, and those that need it. */
export function LinksPanel({ artifact }: PanelProps) {
  const { data } = useQuery(associationsQuery(artifact.id));
  return (
    <>
      <h3>Requires</h3>
      <TextList items={data?.requires} whenEmpty="Nothing." />
      <h3>Required by</h3>
      <TextList items={data?.required_by} whenEmpty="Nothing." />
    </>
  );
}

/** Where the artifact is deployed. */
export function DeploymentsPanel({ artifact: { deployments } }: PanelProps) {
  if (deployments.length === 0) return <p className="muted">No deployments found.</p>;
  return (
    <ul className="rows">
      {deployments.map(({ project_path, project_name, local_modifications }) => (
        <li key={project_path}>
          <strong>{project_name}</strong>
          <code className="muted">{project_path}</code>
          <StatusBadge status={local_modifications ? 'modified' : 'synced'} />
        </li>
      ))}
    </ul>
  );
}

/** The collections that hold the artifact. */
export function CollectionsPanel({ artifact: { collections } }: PanelProps) {
  return <TextList items={collections.map(({ name }) => name)} whenEmpty="In no collection." />;
}

/** Where updates come from. */
export function SourcesPanel({ artifact: { origin, source, upstream } }: PanelProps) {
  return (
    <Facts
      facts={[
        ['Origin', origin],
        ['Source', source],
        ['Tracked', upstream.tracking_enabled ? 'yes' : 'no'],
        ['Update available', upstream.update_available ? 'yes' : 'no'],
      ]}
    />
  );
}

/** When the artifact arrived and was deployed. */
export function HistoryPanel({ artifact: { added, version, deployments } }: PanelProps) {
  const events = [
    ...deployments.map(({ deployed_at, project_name }) => [deployed_at, `Deployed to ${project_name}`] as const),
    [added, `Version ${version} added to the collection`] as const,
  ].sort(([a], [b]) => b.localeCompare(a));
  return <Facts facts={events.map(([at, what]) => [new Date(at).toLocaleDateString('en-GB'), what])} />;
}

function Facts({ facts }: { readonly facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="facts">
      {facts.map(([name, value], index) => (
        <div key={`${index} ${name}`}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function TextList(props: { readonly items: readonly string[] | undefined; readonly whenEmpty: string }) {
  if (!props.items) return <p className="muted">Loading…</p>;
  if (props.items.length === 0) return <p className="muted">{props.whenEmpty}</p>;
  return (
    <ul className="rows">
      {props.items.map((item) => (
        <li key={item}>
          <code>{item}</code>
        </li>
      ))}
    </ul>
  );
}
