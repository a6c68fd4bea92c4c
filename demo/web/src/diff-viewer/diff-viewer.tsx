/** Every difference of one comparison: the files on one side, the chosen file's diff on the other. */
import { useEffect, useRef, useState } from 'react';
import type { DiffSummary } from '../../../contract.ts';
import type { ComparisonTarget } from '../api.ts';
import { endMeasure, startMeasure } from '../perf-marks.ts';
import { FileList } from './file-list.tsx';
import { FilePane } from './file-pane.tsx';
import { ScopeTotals, useShownStats } from './scope-stats.tsx';

interface DiffViewerProps {
  readonly target: ComparisonTarget;
  readonly summary: DiffSummary;
}

/** The first file is chosen until another one is; a choice survives the switch to another scope. */
export function DiffViewer({ target, summary }: DiffViewerProps) {
  const [chosenPath, choosePath] = useState<string | null>(null);
  const statsOf = useShownStats(target, summary);
  useViewerMeasures(summary);
  const { files } = summary;
  const chosen = files.find(({ file_path }) => file_path === chosenPath) ?? files[0];
  return (
    <section className="viewer" id="diff-viewer" aria-labelledby="diff-viewer-heading">
      <header className="viewer-header">
        <h3 id="diff-viewer-heading">Diff Viewer</h3>
        <FileCounts summary={summary} />
        <ScopeTotals files={files} statsOf={statsOf} />
      </header>
      {summary.has_changes && chosen ? (
        <div className="viewer-body">
          <FileList files={files} statsOf={statsOf} chosenPath={chosen.file_path} onChoose={choosePath} />
          <FilePane key={`${target.scope} ${target.projectPath} ${chosen.file_path}`} target={target} file={chosen} />
        </div>
      ) : (
        <p className="sync-empty">No changes to display</p>
      )}
    </section>
  );
}

function FileCounts({ summary: { summary } }: { readonly summary: DiffSummary }) {
  return (
    <p className="file-counts">
      <span className="status-added" title={`${summary.added} files added`}>
        +{summary.added}
      </span>
      <span className="status-modified" title={`${summary.modified} files modified`}>
        ~{summary.modified}
      </span>
      <span className="status-deleted" title={`${summary.deleted} files deleted`}>
        -{summary.deleted}
      </span>
    </p>
  );
}

function useViewerMeasures({ files }: DiffSummary): void {
  const isFirst = useRef(true);
  useEffect(() => {
    if (isFirst.current) startMeasure('diff-viewer.summary-ready');
    if (isFirst.current && files.length > 0) endMeasure('diff-viewer.summary-ready');
    isFirst.current = false;
    startMeasure('diff-viewer.render');
    const frame = requestAnimationFrame(() => endMeasure('diff-viewer.render'));
    return () => cancelAnimationFrame(frame);
  }, [files]);
}
