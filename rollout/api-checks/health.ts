/** Checks after a deploy that the API answers diffs at all. */
import type { CheckContext } from '../../harness/model/check.ts';
import { artifactFor, askForDiff, projectsOf } from './diff-api.ts';

const DIFFS = 5;

/** Five diff requests, as the checklist's health dashboard makes them; counts those that answer 2xx. */
export async function healthChecks(context: CheckContext): Promise<void> {
  const { id } = artifactFor(context, 'manyDeployments');
  const projects = await projectsOf(context, id);
  for (let number = 0; number < DIFFS; number += 1) {
    const project = projects[number % projects.length] ?? projects[0];
    const status = await askForDiff(context, { id, project }, context.summaryQuery).then(
      (answer) => answer.status,
      () => null,
    );
    context.occurrence('health.diff-answers', {
      what: status !== null && status >= 200 && status <= 299 ? `status ${status}` : null,
      exposedTo: 'diff requests',
      how: `${DIFFS} summary diffs of ${id}, one after the other; those that answer 2xx are counted`,
    });
  }
}
