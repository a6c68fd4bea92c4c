/** Additions and deletions, per file and of a whole scope. */
import { useQueryClient } from '@tanstack/react-query';
import type { DiffSummary, FileSummary, Scope } from '../../../contract.ts';
import type { ComparisonTarget } from '../api.ts';
import { isPlanted } from '../faults.ts';
import { diffSummaryQuery } from '../queries.ts';

/** How many lines a diff adds and removes. */
export interface LineStats {
  readonly additions: number;
  readonly deletions: number;
}

/** The stats of a modified text file; null for every other file. */
export type StatsOf = (file: FileSummary) => LineStats | null;

/** Stats as one text. */
export function describeStats({ additions, deletions }: LineStats): string {
  return `${additions} additions, ${deletions} deletions`;
}

/** The stats to show for the files of a summary. */
export function useShownStats(target: ComparisonTarget, summary: DiffSummary): StatsOf {
  const wrong = useStatsOfAnotherScope(target);
  const shown = new Map((wrong ?? summary).files.map((file) => [file.file_path, file]));
  return ({ file_path }) => {
    const file = shown.get(file_path);
    if (file?.additions == null || file.deletions == null) return null;
    return { additions: file.additions, deletions: file.deletions };
  };
}

/** The sum over all files of a scope. */
export function ScopeTotals(props: { readonly files: readonly FileSummary[]; readonly statsOf: StatsOf }) {
  const totals = props.files.reduce(
    (sum, file) => {
      const stats = props.statsOf(file);
      return {
        additions: sum.additions + (stats?.additions ?? 0),
        deletions: sum.deletions + (stats?.deletions ?? 0),
      };
    },
    { additions: isPlanted('stats-off-by-one') ? 1 : 0, deletions: 0 },
  );
  return (
    <p className="scope-totals" role="status" aria-label="Scope totals">
      {describeStats(totals)}
    </p>
  );
}

function useStatsOfAnotherScope(target: ComparisonTarget): DiffSummary | undefined {
  const queryClient = useQueryClient();
  if (!isPlanted('wrong-stats')) return undefined;
  const scope: Scope = target.scope === 'collection-vs-project' ? 'source-vs-project' : 'collection-vs-project';
  const others = queryClient.getQueriesData<DiffSummary>({
    queryKey: diffSummaryQuery({ ...target, scope }).queryKey.slice(0, 4),
  });
  return others.map(([, summary]) => summary).find((summary) => typeof summary === 'object');
}
