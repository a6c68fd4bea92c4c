/** The way of an artifact: from its source over the collection to a project. */
import { useState } from 'react';
import type { Artifact } from '../../../contract.ts';
import { hasUpstream } from '../scopes.ts';
import type { FileActions } from './use-file-actions.ts';

interface FlowBannerProps {
  readonly artifact: Artifact;
  readonly projectPath: string | null;
  readonly actions: FileActions;
}

/** The three places, with the actions between them. */
export function FlowBanner({ artifact, projectPath, actions }: FlowBannerProps) {
  const [isOpen, setIsOpen] = useState(true);
  const { pullFromSource, pushToCollection } = actions;
  return (
    <section className="flow">
      {isOpen && (
        <div className="flow-places">
          <Place name="Source" detail={hasUpstream(artifact) ? artifact.source : 'none'} />
          <Connector label="Pull from Source" act={hasUpstream(artifact) ? pullFromSource : undefined} arrow="→" />
          <Place name="Collection" detail={artifact.version} />
          <Connector label="Push to Collection" act={pushToCollection} arrow="←" />
          <Place name="Project" detail={projectPath?.split('/').at(-1) ?? 'none'} />
        </div>
      )}
      <button
        type="button"
        className="flow-toggle"
        aria-label={`${isOpen ? 'Collapse' : 'Expand'} artifact flow banner`}
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        {isOpen ? 'Hide flow' : 'Show flow'}
      </button>
    </section>
  );
}

function Place({ name, detail }: { readonly name: string; readonly detail: string }) {
  return (
    <div className="flow-place">
      <strong>{name}</strong>
      <span className="muted">{detail}</span>
    </div>
  );
}

interface ConnectorProps {
  readonly label: string;
  readonly act: (() => void) | undefined;
  readonly arrow: string;
}

function Connector({ label, act, arrow }: ConnectorProps) {
  return (
    <button type="button" className="flow-connector" disabled={!act} onClick={act}>
      <span aria-hidden="true">{arrow}</span>
      {label}
    </button>
  );
}
