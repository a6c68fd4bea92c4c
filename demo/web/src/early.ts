/** What index.html asked for before this bundle was there: the configuration, and the first page of artifacts. */
import type { PageConfig } from '../../contract.ts';

interface Early {
  readonly config: PageConfig;
  /** The unread answer, or null when none came. */
  readonly artifacts: Promise<Response | null>;
}

declare global {
  interface Window {
    readonly early?: Promise<Early>;
  }
}

let firstPage: Promise<Response | null> | null = null;

/** The page's configuration. */
export async function takeConfig(): Promise<PageConfig> {
  if (window.early === undefined) throw new Error('index.html did not ask for the configuration');
  const { config, artifacts } = await window.early;
  firstPage = artifacts;
  return config;
}

/** The first page of artifacts as it was asked for early, once; null when there is none or it was taken. */
export async function takeFirstPage(): Promise<Response | null> {
  const page = firstPage;
  firstPage = null;
  return page;
}
