/** The page "Health & Sync": every artifact as a card, one of them opened in a dialog. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Artifact } from '../../contract.ts';
import { ArtifactCard } from './artifact-card.tsx';
import { ArtifactDialog } from './artifact-dialog.tsx';
import { useOpenPlace } from './location.ts';
import { artifactsQuery, itemsQuery, projectsQuery } from './queries.ts';

/** The whole page. */
export function App() {
  const artifacts = useQuery(artifactsQuery);
  const place = useOpenPlace();
  const opened = artifacts.data?.find(({ id, name }) => id === place.artifact || name === place.artifact);
  const showsList = useTurn(opened === undefined);
  return (
    <>
      <main className="page">
        <PageHeader artifactCount={artifacts.data?.length} isDue={showsList} />
        {artifacts.isError && <p role="alert">The artifacts could not be loaded. Is the API running?</p>}
        {showsList && artifacts.data && <ArtifactList artifacts={artifacts.data} />}
      </main>
      {opened && <ArtifactDialog key={opened.id} artifact={opened} tab={place.tab} />}
    </>
  );
}

/** While the address names an artifact, the list waits until that artifact is loaded. */
function useTurn(isUncovered: boolean): boolean {
  const [isDue, setIsDue] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsDue(true), 1000);
    return () => clearTimeout(timer);
  }, []);
  return isDue || isUncovered;
}

interface PageHeaderProps {
  readonly artifactCount: number | undefined;
  /** The small counts are asked for when nothing more important is on its way. */
  readonly isDue: boolean;
}

function PageHeader({ artifactCount, isDue: enabled }: PageHeaderProps) {
  const counts = [
    ['artifacts', artifactCount],
    ['projects', useQuery({ ...projectsQuery, enabled }).data?.length],
    ['collections', useQuery({ ...itemsQuery('user-collections'), enabled }).data?.length],
    ['sources', useQuery({ ...itemsQuery('marketplace/sources'), enabled }).data?.length],
    ['tags', useQuery({ ...itemsQuery('tags'), enabled }).data?.length],
  ] as const;
  return (
    <header className="page-header">
      <div>
        <h1>Health &amp; Sync</h1>
        <p className="muted">What is in the collection, where it runs, and how far it has drifted.</p>
      </div>
      <dl className="page-counts">
        {counts.map(([name, count]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{count ?? '–'}</dd>
          </div>
        ))}
      </dl>
    </header>
  );
}

function ArtifactList({ artifacts }: { readonly artifacts: readonly Artifact[] }) {
  const [words, setWords] = useState('');
  const wanted = words.trim().toLowerCase();
  const found = artifacts.filter(({ name, metadata, tags }) =>
    [name, metadata.title, ...tags].some((text) => text.toLowerCase().includes(wanted)),
  );
  return (
    <>
      <input
        type="search"
        className="search"
        aria-label="Search artifacts"
        placeholder="Search by name or tag"
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      {found.length === 0 && <p className="muted">No artifact matches “{words}”.</p>}
      <ul className="cards">
        {found.map((artifact) => (
          <li key={artifact.id}>
            <ArtifactCard artifact={artifact} />
          </li>
        ))}
      </ul>
    </>
  );
}
