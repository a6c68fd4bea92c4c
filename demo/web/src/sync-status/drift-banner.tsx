/** One sentence about how far the compared places have drifted apart. */
import { useState } from 'react';
import type { StatusCounts } from '../../../contract.ts';
import type { ComparisonTarget } from '../api.ts';

interface DriftBannerProps {
  readonly target: ComparisonTarget;
  readonly summary: StatusCounts;
}

const dismissedForMs = 24 * 60 * 60 * 1000;

/** Can be dismissed for a day, for this artifact and scope. */
export function DriftBanner({ target, summary }: DriftBannerProps) {
  const key = `skillmeat:drift-dismissed:${target.artifactId}:${target.scope}`;
  const [isDismissed, setIsDismissed] = useState(() => Date.now() - Number(localStorage.getItem(key)) < dismissedForMs);
  const counts = describeCounts(summary);
  if (isDismissed) return null;
  if (counts === '') return <p className="drift drift-none">All Synced</p>;
  const dismiss = () => {
    localStorage.setItem(key, String(Date.now()));
    setIsDismissed(true);
  };
  return (
    <div className="drift">
      <strong>Drift Detected</strong>
      <span>{counts}</span>
      <button type="button" className="button button-quiet" onClick={showDiffs}>
        View Diffs
      </button>
      <button type="button" className="drift-dismiss" aria-label="Dismiss drift alert" onClick={dismiss}>
        ×
      </button>
    </div>
  );
}

function describeCounts({ added, modified, deleted }: StatusCounts): string {
  return Object.entries({ added, modified, deleted })
    .filter(([, count]) => count > 0)
    .map(([word, count]) => `${count} ${word}`)
    .join(', ');
}

function showDiffs(): void {
  document.getElementById('diff-viewer')?.scrollIntoView({ block: 'start' });
}
