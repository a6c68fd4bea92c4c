/** What there is to see of one file: its diff, or why there is none. */
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { FileSummary } from '../../../contract.ts';
import type { ComparisonTarget } from '../api.ts';
import { isPlanted, openDelayMs, staleText, useDelayed } from '../faults.ts';
import { fileDiffQuery } from '../queries.ts';
import { type ScopeLabels, scopeLabels } from '../scopes.ts';
import { SideBySide } from './side-by-side.tsx';
import { parseUnifiedDiff } from './unified-diff.ts';

interface FilePaneProps {
  readonly target: ComparisonTarget;
  readonly file: FileSummary;
}

const largeDiffBytes = 50 * 1024;
const largeDiffLines = 1000;

/** A large diff waits behind a button. */
export function FilePane({ target, file }: FilePaneProps) {
  const [isWanted, setIsWanted] = useState(!isLarge(file) || isPlanted('no-load-button'));
  const labels = scopeLabels[target.scope];
  return (
    <section className="file-pane" aria-label={`Diff of ${file.file_path}`}>
      <header>
        <code>{file.file_path}</code>
      </header>
      {file.additions === null ? (
        <p className="sync-empty">{describeWithoutDiff(file, labels)}</p>
      ) : isWanted ? (
        <LazyDiff target={target} path={file.file_path} />
      ) : (
        <LargeDiff sizeBytes={file.unified_diff_bytes ?? 0} onLoad={() => setIsWanted(true)} />
      )}
    </section>
  );
}

function LargeDiff({ sizeBytes, onLoad }: { readonly sizeBytes: number; readonly onLoad: () => void }) {
  return (
    <div className="sync-empty">
      <p>This file diff is large ({Math.round(sizeBytes / 1024)} KB). Showing it may take a moment.</p>
      <button type="button" className="button" onClick={onLoad}>
        Load diff
      </button>
    </div>
  );
}

/** Asked for and parsed when it is shown, not before. */
function LazyDiff({ target, path }: { readonly target: ComparisonTarget; readonly path: string }) {
  const { data, error } = useQuery(fileDiffQuery(target, path));
  const [delayMs] = useState(openDelayMs);
  const text = useDelayed(data, delayMs, undefined);
  const hunks = useMemo(
    () => (text == null ? null : parseUnifiedDiff(staleText(`${target.artifactId} ${path}`, text))),
    [text, target.artifactId, path],
  );
  if (error && !hunks) return <p className="sync-empty">Failed to load diff: {error.message}</p>;
  if (!hunks) return <div className="file-pending" aria-busy="true" />;
  return <SideBySide hunks={hunks} labels={scopeLabels[target.scope]} />;
}

function isLarge({ unified_diff_bytes: bytes, unified_diff_lines: lines }: FileSummary): boolean {
  return (bytes ?? 0) > largeDiffBytes || (lines ?? 0) >= largeDiffLines;
}

function describeWithoutDiff({ status }: FileSummary, { right }: ScopeLabels): string {
  switch (status) {
    case 'unchanged':
      return 'No changes in this file';
    case 'added':
      return `This file was added in ${right}. A preview is not available.`;
    case 'deleted':
      return `This file was deleted in ${right}. A preview is not available.`;
    case 'modified':
      return 'This file is not text. A preview is not available.';
  }
}
