/** The tab "Sync Status": which two places are compared, how far they have drifted, and every difference. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Artifact, DiffSummary, Scope } from '../../../contract.ts';
import type { ComparisonTarget } from '../api.ts';
import { DiffViewer } from '../diff-viewer/diff-viewer.tsx';
import { faultDelayMs, isPlanted, useDelayed } from '../faults.ts';
import { closeArtifact } from '../location.ts';
import { endMeasure, startMeasure } from '../perf-marks.ts';
import { diffSummaryQuery } from '../queries.ts';
import { initialTarget, scopeLabels, whyUnavailable } from '../scopes.ts';
import { ComparisonBar } from './comparison-bar.tsx';
import { DriftBanner } from './drift-banner.tsx';
import { FlowBanner } from './flow-banner.tsx';
import { ProjectSelector } from './project-selector.tsx';
import { useFileActions } from './use-file-actions.ts';
import { usePrefetchedScope } from './use-prefetched-scope.ts';
import { useSideTraffic } from './use-side-traffic.ts';

/** Compares the artifact's first deployment with the collection until something else is chosen. */
export function SyncStatusTab({ artifact }: { readonly artifact: Artifact }) {
  const initial = initialTarget(artifact);
  const [projectPath, setProjectPath] = useState(initial.projectPath);
  const [scope, chooseScope] = useScope(initial.scope);
  const shownScope = useDelayed(scope, faultDelayMs('slow-scope-switch'), scope);
  const { collection } = initial;
  const target: ComparisonTarget = {
    artifactId: artifact.id,
    collection,
    scope: shownScope,
    projectPath: shownScope === 'source-vs-collection' ? null : projectPath,
  };
  const unavailable = whyUnavailable(shownScope, artifact, projectPath);
  const summary = useQuery({ ...diffSummaryQuery(target), enabled: unavailable === null });
  const actions = useFileActions(target, projectPath);
  useTabMeasures(summary.data !== undefined);
  usePrefetchedScope(artifact, target, summary.data !== undefined);
  useSideTraffic();
  return (
    <div className="sync">
      <ProjectSelector artifact={artifact} collection={collection} chosenPath={projectPath} onChoose={setProjectPath} />
      <FlowBanner artifact={artifact} projectPath={projectPath} actions={actions} />
      <ComparisonBar artifact={artifact} projectPath={projectPath} scope={scope} onChoose={chooseScope} />
      {summary.data && <DriftBanner key={shownScope} target={target} summary={summary.data.summary} />}
      <Comparison target={target} summary={summary.data} problem={unavailable ?? problemOf(summary.error)} />
      <footer className="sync-footer">
        <button type="button" className="button button-quiet" onClick={closeArtifact}>
          Cancel
        </button>
        <button
          type="button"
          className="button button-strong"
          disabled={!actions.pullUpdates}
          onClick={actions.pullUpdates}
        >
          Pull Collection Updates
        </button>
      </footer>
    </div>
  );
}

interface ComparisonProps {
  readonly target: ComparisonTarget;
  readonly summary: DiffSummary | undefined;
  readonly problem: string | null;
}

function Comparison({ target, summary, problem }: ComparisonProps) {
  if (summary) return <DiffViewer target={target} summary={summary} />;
  if (problem) return <p className="sync-empty">{problem}</p>;
  return (
    <p className="sync-empty" aria-busy="true">
      Comparing {scopeLabels[target.scope].option}…
    </p>
  );
}

function problemOf(error: Error | null): string | null {
  return error && `Failed to load diff: ${error.message}`;
}

function useScope(initial: Scope): readonly [Scope, (scope: Scope) => void] {
  const [scope, setScope] = useState(initial);
  const choose = (next: Scope) => {
    endMeasure(`sync-tab.scope.${scope}`);
    startMeasure(`sync-tab.scope.${next}`);
    setScope(next);
    if (isPlanted('console-error-on-scope-switch')) throw new Error('Planted: the scope could not be switched');
  };
  return [scope, choose];
}

function useTabMeasures(hasData: boolean): void {
  const isFirstData = useRef(true);
  useEffect(() => {
    startMeasure('sync-tab.mount');
    startMeasure('sync-tab.first-data');
    return () => endMeasure('sync-tab.mount');
  }, []);
  useEffect(() => {
    if (!hasData || !isFirstData.current) return;
    isFirstData.current = false;
    endMeasure('sync-tab.first-data');
    endMeasure('sync-tab.activate');
  }, [hasData]);
}
