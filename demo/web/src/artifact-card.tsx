/** One artifact in the list. */
import type { Artifact } from '../../contract.ts';
import { openArtifact } from './location.ts';
import { StatusBadge, syncStatusOf } from './sync-state.tsx';

/** A card that opens the artifact; its two buttons go straight to the comparison. */
export function ArtifactCard({ artifact }: { readonly artifact: Artifact }) {
  const { id, name, type, version, metadata, deployments, tags } = artifact;
  const status = syncStatusOf(artifact);
  const openSync = () => openArtifact(id, 'sync');
  return (
    <article className="card">
      <button
        type="button"
        className="card-open"
        aria-label={`Manage ${name}, ${type} artifact. Status: ${status}`}
        onClick={() => openArtifact(id, 'status')}
      />
      <header>
        <span className={`type type-${type}`}>{type}</span>
        <StatusBadge status={status} />
      </header>
      <h2>{metadata.title}</h2>
      <p className="card-id">
        {name} <span>{version}</span>
      </p>
      <p className="card-text">{metadata.description}</p>
      <p className="card-tags">{tags.map((tag) => `#${tag}`).join('  ')}</p>
      <footer>
        <span className="muted">{deployments.length === 1 ? '1 project' : `${deployments.length} projects`}</span>
        <button
          type="button"
          className="button button-quiet"
          aria-label={`View diff for ${name}`}
          disabled={status === 'synced'}
          onClick={openSync}
        >
          View diff
        </button>
        <button type="button" className="button" aria-label={`Sync ${name}`} onClick={openSync}>
          Sync
        </button>
      </footer>
    </article>
  );
}
