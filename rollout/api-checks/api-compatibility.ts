/** Records the API contract of this release, to be compared with that of the accepted one: document, diffs, deployments. */
import type { CheckContext } from '../../harness/model/check.ts';
import { artifactFor, askForDiff, diffRoute, projectsOf, readDiff } from './diff-api.ts';
import { openApiDocument } from './openapi-document.ts';

const sli = 'contract.no-breaking-change';

export async function apiCompatibility(context: CheckContext): Promise<void> {
  const document = await openApiDocument(context);
  if (typeof document === 'string') {
    context.blind(sli, document);
    return;
  }
  // An artifact of many files is likely to show every field.
  const { id } = artifactFor(context, 'large');
  const [project] = await projectsOf(context, id);
  const whole = await askForDiff(context, { id, project });
  const summary = await askForDiff(context, { id, project }, context.summaryQuery);
  const list = await context.request(context.deploymentList.replace('{project}', encodeURIComponent(project)));
  if (list.status !== 200) throw new Error(`the deployments of ${project} could not be read: status ${list.status}`);
  readDiff(whole, `${id} without a mode`);
  readDiff(summary, `${id} with ${context.summaryQuery}`);
  context.promises(sli, {
    document: document.parsed,
    answers: {
      [`GET ${diffRoute}`]: whole.json(),
      [`GET ${diffRoute}?${context.summaryQuery}`]: summary.json(),
      [`GET ${context.deploymentList}`]: list.json(),
    },
  });
}
