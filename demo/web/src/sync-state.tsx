/** How an artifact stands compared with its source and its projects. */
import type { Artifact } from '../../contract.ts';

/** In one word. */
export type SyncStatus = 'synced' | 'modified' | 'outdated';

const words: Readonly<Record<SyncStatus, string>> = {
  synced: 'Synced',
  modified: 'Modified in a project',
  outdated: 'Update available',
};

/** Local modifications weigh more than an update: taking the update could lose them. */
export function syncStatusOf({ upstream }: Artifact): SyncStatus {
  if (upstream.has_local_modifications) return 'modified';
  return upstream.update_available ? 'outdated' : 'synced';
}

/** The status as a coloured word. */
export function StatusBadge({ status }: { readonly status: SyncStatus }) {
  return <span className={`badge badge-${status}`}>{words[status]}</span>;
}
