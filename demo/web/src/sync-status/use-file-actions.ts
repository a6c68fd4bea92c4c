/** The requests that move files from one place to the next. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ComparisonTarget, deployToProject, syncCollection } from '../api.ts';

/** Each is undefined where there is nothing to move from or to, or while another one runs. */
export interface FileActions {
  readonly pullFromSource: (() => void) | undefined;
  readonly pushToCollection: (() => void) | undefined;
  readonly pullUpdates: (() => void) | undefined;
}

/** Actions on one comparison; everything shown is loaded again after each. */
export function useFileActions(target: ComparisonTarget, projectPath: string | null): FileActions {
  const queryClient = useQueryClient();
  const { mutate, isPending } = useMutation({
    mutationFn: (move: () => Promise<unknown>) => move(),
    onSuccess: () => queryClient.invalidateQueries(),
  });
  const withProject = (move: (path: string) => Promise<unknown>) =>
    projectPath === null || isPending ? undefined : () => mutate(() => move(projectPath));
  return {
    pullFromSource: isPending ? undefined : () => mutate(() => syncCollection(target, null)),
    pushToCollection: withProject((path) => syncCollection(target, path)),
    pullUpdates: withProject((path) => deployToProject(target, path)),
  };
}
