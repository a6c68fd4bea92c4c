/** The shapes that the API answers with and the page reads. */

/** The three comparisons of one artifact. */
export type Scope = 'collection-vs-project' | 'source-vs-collection' | 'source-vs-project';

/** How much a diff answer carries: everything (what old clients expect) or names, hashes and counts. */
export type DiffMode = 'full' | 'summary';

/** What happened to one file from the left side to the right side. */
export type FileStatus = 'added' | 'modified' | 'deleted' | 'unchanged';

/** One file of a full diff. `collection_hash` is the left side, `project_hash` the right side, in every scope. */
export interface FileDiff {
  readonly file_path: string;
  readonly status: FileStatus;
  readonly collection_hash: string | null;
  readonly project_hash: string | null;
  /** Only for modified text files. */
  readonly unified_diff: string | null;
}

/** One file of a summary. The counts are of the unified diff that is left out, so only modified text files have them. */
export interface FileSummary {
  readonly file_path: string;
  readonly status: FileStatus;
  readonly collection_hash: string | null;
  readonly project_hash: string | null;
  readonly additions: number | null;
  readonly deletions: number | null;
  readonly unified_diff_bytes: number | null;
  readonly unified_diff_lines: number | null;
}

/** How many files have each status. */
export type StatusCounts = Readonly<Record<FileStatus, number>>;

/** The answer of the three diff routes. */
export interface Diff<File extends FileDiff | FileSummary = FileDiff> {
  readonly artifact_id: string;
  readonly artifact_name: string;
  readonly artifact_type: string;
  readonly collection_name: string;
  readonly project_path?: string;
  readonly upstream_source?: string;
  readonly upstream_version?: string;
  readonly has_changes: boolean;
  readonly files: readonly File[];
  readonly summary: StatusCounts;
}

/** A summary answer. */
export type DiffSummary = Diff<FileSummary>;

/** One place where an artifact is deployed. */
export interface ArtifactDeployment {
  readonly project_path: string;
  readonly project_name: string;
  readonly deployed_at: string;
  readonly local_modifications: boolean;
}

/** Where an artifact comes from. */
export interface UpstreamState {
  readonly tracking_enabled: boolean;
  readonly update_available: boolean;
  readonly has_local_modifications: boolean;
}

/** One artifact as lists and details show it. */
export interface Artifact {
  readonly id: string;
  readonly uuid: string;
  readonly name: string;
  readonly type: string;
  readonly source: string;
  readonly origin: 'github' | 'local';
  readonly version: string;
  readonly tags: readonly string[];
  readonly metadata: { readonly title: string; readonly description: string; readonly license: string };
  readonly upstream: UpstreamState;
  readonly deployments: readonly ArtifactDeployment[];
  readonly collections: readonly { readonly id: string; readonly name: string }[];
  readonly added: string;
  readonly updated: string;
}

/** Cursor pages. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly page_info: {
    readonly has_next_page: boolean;
    readonly has_previous_page: boolean;
    readonly start_cursor: string | null;
    readonly end_cursor: string | null;
    readonly total_count: number;
  };
}

/** One project that artifacts are deployed to. */
export interface Project {
  readonly id: string;
  readonly path: string;
  readonly name: string;
  readonly deployment_count: number;
  readonly last_deployment: string | null;
}

/** One row of `GET /deploy`. */
export interface DeploymentInfo {
  readonly artifact_name: string;
  readonly artifact_type: string;
  readonly from_collection: string;
  readonly deployed_at: string;
  readonly artifact_path: string;
  readonly project_path: string;
  readonly collection_sha: string;
  readonly local_modifications: boolean;
  readonly sync_status: 'synced' | 'modified';
}

/** What links artifacts with each other. */
export interface Associations {
  readonly artifact_id: string;
  readonly requires: readonly string[];
  readonly required_by: readonly string[];
}

/** What the web server tells the page at start. */
export interface PageConfig {
  readonly apiUrl: string;
  readonly release: string;
  /** Where the page reports errors; null: it reports them nowhere. */
  readonly sentryDsn: string | null;
  /** Whether the API's summaries count lines; otherwise the page asks for whole diffs, and counts itself. */
  readonly summaryCountsLines: boolean;
  /** Planted faults by name, with their size. */
  readonly faults: Readonly<Record<string, number>>;
}
