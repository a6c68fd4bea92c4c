/** Measures the application's scripts where the configuration says they are: in a folder, or in what pages load. */

import type { CollectedEvidence, QualityIssue } from '../../model/evidence.ts';
import type { Json } from '../../model/units.ts';
import { byName, type NamedScript } from './compare-scripts.ts';
import { readBuild } from './read-build.ts';
import { type BundleProbeOptions, readPages } from './read-pages.ts';
import { compression, compressors } from './script-sizes.ts';
import type { BuildSource, BundlePolicy, PagesSource } from './settings.ts';

export interface MeasuredBundle {
  /** Of what, in words that are the same whenever the same is measured. */
  readonly measured: string;
  readonly compression: string;
  readonly scripts: readonly NamedScript[];
  readonly facts: CollectedEvidence['facts'];
  readonly tools: CollectedEvidence['tools'];
  /** Why the scripts are not all there are, or none. */
  readonly qualityIssues: readonly QualityIssue[];
}

/** Never throws: what goes wrong is a quality issue, and no script at all always is one. */
export async function measureBundle(
  source: BundlePolicy['source'],
  options: BundleProbeOptions,
): Promise<MeasuredBundle> {
  const interrupted: QualityIssue[] = [];
  const { tools, ...bundle } = await (source.kind === 'build' ? ofBuild(source, options) : ofPages(source, options));
  if (options.signal.aborted) interrupted.push({ code: 'interrupted', message: 'the run was interrupted' });
  return {
    compression,
    ...bundle,
    tools: { ...tools, ...compressors() },
    qualityIssues: [...interrupted, ...bundle.qualityIssues],
  };
}

type Measured = Omit<MeasuredBundle, 'compression'>;

async function ofBuild(source: BuildSource, { shell, signal, onProgress }: BundleProbeOptions): Promise<Measured> {
  const { folder, include, exclude } = source;
  const { files, problems } = await readBuild(source, { cwd: shell.cwd, signal, onProgress });
  const qualityIssues = problems.map(
    (problem): QualityIssue => ({
      code: 'counted-in-part',
      message: `a script of the build could not be read: ${problem}`,
    }),
  );
  const without = exclude.length === 0 ? '' : ` without ${exclude.join(', ')}`;
  return {
    measured: `a build (${include.join(', ')}${without})`,
    scripts: byName(files),
    facts: { folder, scripts: files.map(({ path, sizes }) => ({ path, ...sizes })) },
    tools: {},
    qualityIssues:
      files.length > 0 || qualityIssues.length > 0 ? qualityIssues : [blind(`there is no script in ${folder}`)],
  };
}

async function ofPages(source: PagesSource, options: BundleProbeOptions): Promise<Measured> {
  const measured = source.pages.map(({ name }) => name).join(', ');
  const loaded = await readPages(source, options);
  if (typeof loaded === 'string') {
    const qualityIssues: QualityIssue[] = [
      { code: 'probe-crashed', message: `the pages' scripts could not be measured: ${loaded}` },
    ];
    return { measured, scripts: [], facts: {}, tools: {}, qualityIssues };
  }
  const { own, elsewhere, missed, unfit, inline, browser, requests } = loaded;
  const qualityIssues: QualityIssue[] = [
    ...unfit.map((why): QualityIssue => ({ code: 'nothing-served', message: `not the page that was meant: ${why}` })),
    ...missed.map((why): QualityIssue => ({ code: 'counted-in-part', message: `a script is missing: ${why}` })),
  ];
  const others =
    elsewhere.length === 0 ? '' : `; ${elsewhere.length} came from elsewhere (are they in bundle.origins?)`;
  return {
    measured,
    scripts: byName(own),
    facts: {
      scripts: own.map(({ path, sizes, servedBytes }) => ({ path, ...sizes, servedBytes })),
      elsewhere: elsewhere as Json,
      inline,
      requests,
    },
    tools: { Chromium: browser },
    qualityIssues:
      own.length > 0 || qualityIssues.length > 0
        ? qualityIssues
        : [blind(`no page loaded a script of its own from ${options.web}${others}`)],
  };
}

function blind(message: string): QualityIssue {
  return { code: 'signal-absent', message };
}
