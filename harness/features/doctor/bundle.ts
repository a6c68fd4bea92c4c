/** Whether there are scripts to measure, and a baseline to hold them to. */
import { resolve } from 'node:path';
import { readBundleBaseline } from '../../sources/bundle/baseline.ts';
import { isFolder } from '../../sources/commands/find-program.ts';
import type { Diagnosis, Examine } from './diagnosis.ts';

export const examineBundle: Examine = ({ policy: { bundle, target }, shell }) => {
  if (bundle === null) return Promise.resolve([]);
  const what = 'bundle';
  const { source, baseline } = bundle;
  const missing: Diagnosis[] = [];
  const kept = readBundleBaseline(resolve(shell.cwd, baseline));
  if (typeof kept === 'string') {
    const advice = `on the release to compare with: npx rampgate bundle --target ${target.name} --save`;
    missing.push({ what, state: 'not ready', found: `${baseline}: ${kept}`, advice });
  }
  if (source.kind === 'build' && !isFolder(resolve(shell.cwd, source.folder))) {
    missing.push({ what, state: 'not ready', found: `there is no folder ${source.folder}`, advice: 'build it' });
  }
  const of = source.kind === 'build' ? source.folder : source.pages.map(({ path }) => path).join(', ');
  const found = `scripts of ${of}, beside ${baseline}`;
  return Promise.resolve(missing.length > 0 ? missing : [{ what, state: 'ready', found }]);
};
