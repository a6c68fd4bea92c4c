/** The dialog with everything about one artifact, in tabs. */
import { usePrefetchQuery } from '@tanstack/react-query';
import { type MouseEvent, useLayoutEffect, useRef } from 'react';
import type { Artifact } from '../../contract.ts';
import {
  CollectionsPanel,
  ContentsPanel,
  DeploymentsPanel,
  HistoryPanel,
  LinksPanel,
  OverviewPanel,
  SourcesPanel,
  StatusPanel,
} from './artifact-panels.tsx';
import { closeArtifact, openArtifact } from './location.ts';
import { endMeasure, startMeasure } from './perf-marks.ts';
import { associationsQuery } from './queries.ts';
import { SyncStatusTab } from './sync-status/sync-status-tab.tsx';
import { type Tab, Tabs } from './tabs.tsx';

interface ArtifactDialogProps {
  readonly artifact: Artifact;
  readonly tab: string;
}

/** Open from its first to its last rendering. Escape, the cross and a click beside it close it. */
export function ArtifactDialog({ artifact, tab }: ArtifactDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  // Requested when the dialog opens, so that the links are there before their tab is.
  usePrefetchQuery(associationsQuery(artifact.id));
  useLayoutEffect(() => {
    startMeasure('modal.open');
    showModal(dialog.current);
    return () => endMeasure('modal.open');
  }, []);
  // Before the effects of the tab inside, which end the measure at once when its data is there already.
  useLayoutEffect(() => {
    if (tab === 'sync') startMeasure('sync-tab.activate');
  }, [tab]);
  return (
    <dialog
      ref={dialog}
      // Implied by the element; written out for selectors on the attribute.
      role="dialog"
      className="dialog"
      tabIndex={-1}
      aria-labelledby="dialog-title"
      aria-describedby="dialog-description"
      onClose={closeArtifact}
      onClick={closeOnBackdrop}
    >
      <div className="dialog-body">
        <header className="dialog-header">
          <span className={`type type-${artifact.type}`}>{artifact.type}</span>
          <h2 id="dialog-title">{artifact.name}</h2>
          <span className="muted">{artifact.version}</span>
          <p id="dialog-description" className="visually-hidden">
            {artifact.metadata.description}
          </p>
        </header>
        <Tabs
          name="Navigation tabs"
          tabs={tabsOf(artifact)}
          chosenId={tab}
          onChoose={(id) => openArtifact(artifact.id, id)}
        />
        <button type="button" className="dialog-close" aria-label="Close" onClick={closeArtifact}>
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="m4 4 8 8m0-8-8 8" />
          </svg>
        </button>
      </div>
    </dialog>
  );
}

function tabsOf(artifact: Artifact): readonly Tab[] {
  const { deployments, collections } = artifact;
  return [
    { id: 'status', words: 'Status', panel: () => <StatusPanel artifact={artifact} /> },
    { id: 'overview', words: 'Overview', panel: () => <OverviewPanel artifact={artifact} /> },
    { id: 'contents', words: 'Contents', panel: () => <ContentsPanel artifact={artifact} /> },
    { id: 'links', words: 'Links', panel: () => <LinksPanel artifact={artifact} /> },
    { id: 'sync', words: 'Sync Status', panel: () => <SyncStatusTab artifact={artifact} /> },
    {
      id: 'deployments',
      ...countedWords('Deployments', deployments.length),
      panel: () => <DeploymentsPanel artifact={artifact} />,
    },
    {
      id: 'collections',
      ...countedWords('Collections', collections.length),
      panel: () => <CollectionsPanel artifact={artifact} />,
    },
    { id: 'sources', words: 'Sources', panel: () => <SourcesPanel artifact={artifact} /> },
    { id: 'history', words: 'Version History', panel: () => <HistoryPanel artifact={artifact} /> },
  ];
}

function countedWords(word: string, count: number): Pick<Tab, 'words' | 'label'> {
  if (count === 0) return { words: word };
  const words = (
    <>
      {word} <span className="tab-count">{count}</span>
    </>
  );
  return { words, label: `${word}, ${count} items` };
}

/** Focuses the dialog itself instead of its first control, so that nothing is highlighted. */
function showModal(dialog: HTMLDialogElement | null): void {
  if (!dialog) return;
  dialog.showModal();
  dialog.focus();
}

function closeOnBackdrop({ target, currentTarget }: MouseEvent<HTMLDialogElement>): void {
  if (target === currentTarget) currentTarget.close();
}
