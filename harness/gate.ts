/**
 * The gate: collect → judge → decide → plan the way back → report. A newcomer reads this first.
 * Evidence is saved before it is judged, and judging needs nothing but what was saved.
 */
import { openRunFolder, type RunFolder } from './archive.ts';
import { collect } from './collect.ts';
import { environmentOf, toolVersion } from './environment.ts';
import { decide } from './judgement/decide.ts';
import { judge } from './judgement/judge.ts';
import type { Evidence, GateReport, TargetIdentity } from './model.ts';
import type { Policy } from './policy.ts';
import type { Progress } from './progress.ts';
import { assembleReport } from './report/assemble-report.ts';
import { gateJsonSchema } from './report/gate-schema.ts';
import { renderHtml } from './report/render-html.ts';
import { renderMarkdown } from './report/render-markdown.ts';
import { planRollback } from './rollback/plan-rollback.ts';
import type { Shell } from './shell.ts';
import { openTarget } from './target.ts';

export interface GateOptions {
  /** Folder that run folders go into. */
  readonly reports: string;
  /** Executable of the browser to measure with; null when no criterion needs one. */
  readonly browserPath: string | null;
  readonly shell: Shell;
  readonly progress: Progress;
  /** Aborted when somebody interrupts: what was measured so far is judged and reported. */
  readonly signal: AbortSignal;
}

export interface GateRun {
  readonly report: GateReport;
  readonly folder: RunFolder;
}

/** Runs the gate once. Throws an OperatorMistake when the target does not start or answer; nothing else. */
export async function runGate(policy: Policy, options: GateOptions): Promise<GateRun> {
  const { shell, progress } = options;
  const startedAt = shell.now();
  const target = await progress(`Open target ${policy.target.name}`, async (say) => {
    const opened = await openTarget(policy.target, { shell, loads: policy.loads.length > 0 });
    say(`${opened.identity.web}, API ${opened.identity.api}, release ${opened.identity.release}`);
    return opened;
  });
  try {
    const folder = openRunFolder(options.reports, { profile: policy.profile, now: startedAt });
    const evidence = await collect(policy, { ...options, target, folder });
    const report = conclude(policy, { evidence, startedAt, folder, target: target.identity, options });
    saveDocuments(folder, { report, evidence, policy });
    return { report, folder };
  } finally {
    await target.close();
  }
}

interface Collected {
  readonly evidence: readonly Evidence[];
  readonly startedAt: Date;
  readonly folder: RunFolder;
  readonly target: TargetIdentity;
  readonly options: GateOptions;
}

/** Everything after collecting: no network, no measuring. */
function conclude(policy: Policy, { evidence, startedAt, folder, target, options }: Collected): GateReport {
  const findings = judge(policy.criteria, evidence);
  const verdict = decide(findings);
  return assembleReport({
    run: {
      id: folder.id,
      rollout: policy.rollout,
      profile: policy.profile,
      startedAt: startedAt.toISOString(),
      finishedAt: options.shell.now().toISOString(),
      tool: toolVersion(),
      target,
      environment: environmentOf(evidence),
      configHash: policy.configHash,
      ...(options.signal.aborted ? { interrupted: 'somebody interrupted it' } : {}),
    },
    verdict,
    findings,
    successCriteria: policy.successCriteria,
    leftOut: policy.leftOut,
    rollback: planRollback({ verdict, findings, policy: policy.rollback }),
    documents: evidence.flatMap((one) => (one.status === 'collected' ? one.attachments : [])),
  });
}

function saveDocuments(
  folder: RunFolder,
  {
    report,
    evidence,
    policy,
  }: { readonly report: GateReport; readonly evidence: readonly Evidence[]; readonly policy: Policy },
): void {
  folder.save('policy.json', `${JSON.stringify(policy, null, 1)}\n`);
  folder.save('gate.json', `${JSON.stringify(report, null, 1)}\n`);
  folder.save('gate.schema.json', `${JSON.stringify(gateJsonSchema(), null, 1)}\n`);
  folder.save('gate.md', renderMarkdown(report));
  folder.save('gate.html', renderHtml(report, evidence));
  folder.publish();
}
