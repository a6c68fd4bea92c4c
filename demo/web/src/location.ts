/** Which artifact and which tab the address names. */
import { useSyncExternalStore } from 'react';

/** What is open. `artifact` is an id or a name; null: nothing is. */
export interface OpenPlace {
  readonly artifact: string | null;
  readonly tab: string;
}

const listeners = new Set<() => void>();

/** The place that the address names, kept up to date. */
export function useOpenPlace(): OpenPlace {
  return placeOf(useSyncExternalStore(subscribe, () => window.location.search));
}

/** The place that the address names now. */
export function currentPlace(): OpenPlace {
  return placeOf(window.location.search);
}

function placeOf(search: string): OpenPlace {
  const params = new URLSearchParams(search);
  return { artifact: params.get('artifact'), tab: params.get('tab') ?? 'status' };
}

/** Opens an artifact on a tab. */
export function openArtifact(artifact: string, tab: string): void {
  show(`?${new URLSearchParams({ artifact, tab })}`);
}

/** Closes whatever is open. */
export function closeArtifact(): void {
  show('');
}

function show(search: string): void {
  window.history.replaceState(null, '', `/manage${search}`);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
}
