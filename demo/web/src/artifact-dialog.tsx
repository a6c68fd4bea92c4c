/** The dialog with everything about one artifact, in tabs. */
import * as Dialog from '@radix-ui/react-dialog';
import * as Tabs from '@radix-ui/react-tabs';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
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
import { openArtifact } from './location.ts';
import { endMeasure, startMeasure } from './perf-marks.ts';
import { associationsQuery } from './queries.ts';
import { SyncStatusTab } from './sync-status/sync-status-tab.tsx';

interface ArtifactDialogProps {
  readonly artifact: Artifact | null;
  readonly tab: string;
  readonly onClose: () => void;
}

/** Open while there is an artifact to show. */
export function ArtifactDialog({ artifact, tab, onClose }: ArtifactDialogProps) {
  const isOpen = artifact !== null;
  useEffect(() => {
    if (!isOpen) return;
    startMeasure('modal.open');
    return () => endMeasure('modal.open');
  }, [isOpen]);
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => open || onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-overlay" />
        <Dialog.Content className="dialog" onOpenAutoFocus={focusDialog}>
          {artifact && <DialogBody artifact={artifact} tab={tab} />}
          <Dialog.Close className="dialog-close" aria-label="Close">
            <svg viewBox="0 0 16 16" aria-hidden="true">
              <path d="m4 4 8 8m0-8-8 8" />
            </svg>
          </Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** The dialog itself, not its first control: nothing is highlighted that nobody has chosen. */
function focusDialog(event: Event): void {
  event.preventDefault();
  if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
}

function DialogBody({ artifact, tab }: { readonly artifact: Artifact; readonly tab: string }) {
  useSyncTabMeasure(tab);
  // Asked for as soon as the dialog opens, so that the links are there before their tab is.
  useQuery(associationsQuery(artifact.id));
  return (
    <>
      <header className="dialog-header">
        <span className={`type type-${artifact.type}`}>{artifact.type}</span>
        <Dialog.Title>{artifact.name}</Dialog.Title>
        <span className="muted">{artifact.version}</span>
        <Dialog.Description className="visually-hidden">{artifact.metadata.description}</Dialog.Description>
      </header>
      <Tabs.Root className="tabs" value={tab} onValueChange={(value) => openArtifact(artifact.id, value)}>
        <TabList artifact={artifact} />
        <Tabs.Content className="tab-panel" value="sync">
          <SyncStatusTab artifact={artifact} />
        </Tabs.Content>
        <OtherPanels artifact={artifact} />
      </Tabs.Root>
    </>
  );
}

function TabList({ artifact: { deployments, collections } }: { readonly artifact: Artifact }) {
  return (
    <Tabs.List className="tab-list" aria-label="Navigation tabs">
      <Tabs.Trigger value="status">Status</Tabs.Trigger>
      <Tabs.Trigger value="overview">Overview</Tabs.Trigger>
      <Tabs.Trigger value="contents">Contents</Tabs.Trigger>
      <Tabs.Trigger value="links">Links</Tabs.Trigger>
      <Tabs.Trigger value="sync">Sync Status</Tabs.Trigger>
      <CountedTab value="deployments" word="Deployments" count={deployments.length} />
      <CountedTab value="collections" word="Collections" count={collections.length} />
      <Tabs.Trigger value="sources">Sources</Tabs.Trigger>
      <Tabs.Trigger value="history">Version History</Tabs.Trigger>
    </Tabs.List>
  );
}

function CountedTab({ value, word, count }: { readonly value: string; readonly word: string; readonly count: number }) {
  return (
    <Tabs.Trigger value={value} aria-label={count > 0 ? `${word}, ${count} items` : word}>
      {word} {count > 0 && <span className="tab-count">{count}</span>}
    </Tabs.Trigger>
  );
}

function OtherPanels({ artifact }: { readonly artifact: Artifact }) {
  const panels = {
    status: StatusPanel,
    overview: OverviewPanel,
    contents: ContentsPanel,
    links: LinksPanel,
    deployments: DeploymentsPanel,
    collections: CollectionsPanel,
    sources: SourcesPanel,
    history: HistoryPanel,
  };
  return Object.entries(panels).map(([value, Panel]) => (
    <Tabs.Content key={value} className="tab-panel" value={value}>
      <Panel artifact={artifact} />
    </Tabs.Content>
  ));
}

function useSyncTabMeasure(tab: string): void {
  useEffect(() => {
    if (tab === 'sync') startMeasure('sync-tab.activate');
  }, [tab]);
}
