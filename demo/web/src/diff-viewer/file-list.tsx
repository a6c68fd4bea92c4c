/** The compared files, each a button that shows its diff. */
import { memo, useState } from 'react';
import type { FileSummary } from '../../../contract.ts';
import { isPlanted } from '../faults.ts';
import { describeStats, type StatsOf } from './scope-stats.tsx';

interface FileListProps {
  readonly files: readonly FileSummary[];
  readonly statsOf: StatsOf;
  readonly chosenPath: string;
  readonly onChoose: (path: string) => void;
}

const firstRows = 50;

const statusWords = { added: 'Added', modified: 'Modified', deleted: 'Deleted', unchanged: 'Unchanged' } as const;

/** The first rows of a long list; the others on request. */
export function FileList({ files, statsOf, chosenPath, onChoose }: FileListProps) {
  const [showsAll, setShowsAll] = useState(isPlanted('no-pagination'));
  const rows = showsAll ? files : files.slice(0, firstRows);
  return (
    <nav className="files" aria-label="Files">
      <ul>
        {rows.map((file) => {
          const stats = statsOf(file);
          return (
            <li key={file.file_path}>
              <FileRow
                path={file.file_path}
                status={file.status}
                stats={stats && describeStats(stats)}
                isChosen={file.file_path === chosenPath}
                onChoose={onChoose}
              />
            </li>
          );
        })}
      </ul>
      {rows.length < files.length && (
        <div className="files-more">
          <span>
            Showing {rows.length} of {files.length} files
          </span>
          <button type="button" className="button" onClick={() => setShowsAll(true)}>
            Load all {files.length} files
          </button>
        </div>
      )}
    </nav>
  );
}

interface FileRowProps {
  readonly path: string;
  readonly status: FileSummary['status'];
  readonly stats: string | null;
  readonly isChosen: boolean;
  readonly onChoose: (path: string) => void;
}

const FileRow = memo(function FileRow({ path, status, stats, isChosen, onChoose }: FileRowProps) {
  const word = statusWords[status];
  const nameStart = path.lastIndexOf('/') + 1;
  return (
    <button
      type="button"
      className="file-row"
      aria-label={`${path} ${word}`}
      aria-current={isChosen ? 'true' : undefined}
      onClick={() => onChoose(path)}
    >
      <span className={`file-status status-${status}`} title={word}>
        {status === 'unchanged' ? '=' : word.charAt(0)}
      </span>
      <span className="muted">{path.slice(0, nameStart)}</span>
      {path.slice(nameStart)}
      {stats && <span className="file-stats">{stats}</span>}
    </button>
  );
});
