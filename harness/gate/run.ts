/**
 * The gate: collect → conclude → report. A newcomer reads this first, and `conclude.ts` next.
 * What is to be judged is saved before anything is measured, and evidence before it is judged: judging needs nothing else.
 */

import { isQuiet } from '../judgement/machine-noise.ts';
import { probesToAskAgain } from '../judgement/undecided.ts';
import { withBaselines } from '../judgement/with-baselines.ts';
import { defined } from '../lib/defined.ts';
import { machineOf, timeZone, toolVersion } from '../lib/environment.ts';
import type { Progress } from '../lib/progress.ts';
import { type Redactor, redactorFor } from '../lib/redact.ts';
import { openRequestMeter, type RequestMeter } from '../lib/request-meter.ts';
import type { Shell } from '../lib/shell.ts';
import type { Baselines } from '../model/baseline.ts';
import { isCompared } from '../model/criterion.ts';
import type { Delivery } from '../model/delivery.ts';
import type { Evidence } from '../model/evidence.ts';
import type { GateReport } from '../model/gate-report.ts';
import type { LastGo } from '../model/last-go.ts';
import type { LiveTarget } from '../model/live-target.ts';
import type { DrillMark } from '../model/run.ts';
import { type RunPlan, runPlanSchema } from '../model/run-plan.ts';
import { documentsWithDelivery, gateDocuments } from '../report/documents.ts';
import type { CollectOptions } from '../sources/probe.ts';
import { isInBrowser, type Policy, putsLoad } from '../sources/registry.ts';
import { newestChecklistRuns } from '../store/checklist-runs.ts';
import { readPreflight } from '../store/preflight-file.ts';
import { readProofs } from '../store/proofs.ts';
import { readImages } from '../store/read-images.ts';
import { openRunFolder, type RunFolder } from '../store/run-folder.ts';
import { asReadBack } from '../store/saved-document.ts';
import { collect } from './collect.ts';
import { browserOf, conclude } from './conclude.ts';
import { proofsFor } from './drill-proof.ts';
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
  /** Finds what was accepted that a run may be compared with; asked only where a criterion compares. */
  readonly accepted: (plan: RunPlan) => Promise<Accepted>;
  /** The whole configuration, which `configHash` is the hash of: kept beside the plan; absent where nobody needs it. */
  readonly configText?: string;
  /** Finds the last run of its kind that was a go, for the page to say what changed since; absent where nobody asks. */
  readonly lastGo?: (plan: RunPlan) => Promise<LastGo>;
  /** Tells others what came of the run; null where nobody is told. Never rejects, and decides nothing. */
  readonly tell: (report: GateReport) => Promise<Delivery | null>;
  readonly drill?: DrilledRun;
}

/** This run is part of a drill: the machine's calibration is the drill's, and what drills proved is not asked. */
export interface DrilledRun {
  readonly machine: Evidence | null;
  /** Stands in the plan and in the report, so that nobody takes it for a run of the target as it is. */
  readonly mark: DrillMark;
  /** Opens what is examined in the target's stead. */
  readonly open?: () => Promise<LiveTarget>;
}

export interface Accepted {
  readonly baselines: Baselines;
  readonly bundle: CollectOptions['acceptedBundle'];
  readonly contracts: CollectOptions['acceptedContracts'];
}

export interface GateRun {
  readonly report: GateReport;
  readonly delivery: Delivery | null;
  readonly folder: RunFolder;
}

/** Runs the gate once, in five steps. Throws an OperatorMistake when the target does not start or answer; nothing else. */
export async function runGate(policy: Policy, options: GateOptions): Promise<GateRun> {
  const opened = await openRun(policy, options);
  try {
    const planned = await planRun(policy, opened, options);
    const evidence = await collectEvidence(policy, planned, options);
    const report = judgeRun(planned, evidence, options);
    return await publishRun(planned, { report, evidence }, options);
  } finally {
    await opened.target.close();
  }
}

interface OpenRun {
  readonly startedAt: Date;
  readonly target: LiveTarget;
  /** Counts what is asked of the target, through its own shell. */
  readonly meter: RequestMeter;
}

interface PlannedRun extends OpenRun {
  readonly plan: RunPlan;
  readonly folder: RunFolder;
  readonly redactor: Redactor;
  /** Null where no criterion compares. */
  readonly accepted: Accepted | null;
}

/** Step 1: the target answers, and what is asked of it counts. */
async function openRun(policy: Policy, { shell: given, progress, drill }: GateOptions): Promise<OpenRun> {
  const meter = openRequestMeter(given, policy.bounds?.maxRequests ?? null);
  const { shell } = meter;
  const startedAt = shell.now();
  const target = await progress(`Open target ${policy.target.name}`, async (say) => {
    const openItself = () => openTarget(policy.target, { shell, loads: putsLoad(policy) });
    const opened = await (drill?.open ?? openItself)();
    say(`${opened.identity.web}, API ${opened.identity.api}, release ${opened.identity.release}`);
    return opened;
  });
  meter.watch([target.identity.web, target.identity.api]);
  return { startedAt, target, meter };
}

/** Step 2: what is to be judged is on disk before anything is measured. */
async function planRun(policy: Policy, opened: OpenRun, options: GateOptions): Promise<PlannedRun> {
  const { target, startedAt, meter } = opened;
  const folder = openRunFolder(options.reports, { profile: policy.profile, now: startedAt });
  const redactor = redactorFor(meter.shell.env);
  const first = planOf(policy, {
    id: folder.id,
    startedAt: startedAt.toISOString(),
    target: target.identity,
    clock: { timeZone: timeZone(), target: target.clocks },
    ...defined({ drill: options.drill?.mark }),
  });
  const accepted = compares(first) ? await options.accepted(first) : null;
  // What criteria compare with is part of the plan: judged again later, the run is compared with the same.
  const baselines = accepted === null ? {} : { baselines: accepted.baselines };
  const whole = { ...first, ...baselines, ...knownBefore(policy, target, options) };
  // Addresses and commands of a configuration can carry credentials as well.
  const plan = asReadBack(runPlanSchema, redactor.deep(whole));
  folder.savePlan(plan);
  if (options.configText !== undefined) {
    // Parsed first: within JSON a secret may be written in other characters.
    folder.save('config.json', JSON.stringify(redactor.deep(JSON.parse(options.configText) as object)));
  }
  return { ...opened, plan, folder, redactor, accepted };
}

/** Step 3: every source that is asked; evidence is on disk before it is judged. */
function collectEvidence(policy: Policy, planned: PlannedRun, options: GateOptions): Promise<Evidence[]> {
  const { plan, accepted, startedAt, target, meter, folder, redactor } = planned;
  const stillOpen = (evidence: readonly Evidence[]) => {
    const { criteria } = withBaselines(plan, { browser: browserOf(evidence), isInBrowser });
    return probesToAskAgain({ ...plan, criteria, startedAt: plan.run.startedAt }, evidence);
  };
  return collect(policy, {
    ...options,
    shell: meter.shell,
    meter,
    startedAt,
    target,
    folder,
    redactor,
    stillOpen,
    isQuiet,
    acceptedBundle: accepted?.bundle ?? null,
    acceptedContracts: accepted?.contracts ?? {},
    ...(options.drill?.machine ? { machine: options.drill.machine } : {}),
  });
}

/** Step 4: plan and evidence → report; judging a saved run again is the same. */
function judgeRun({ plan, meter }: PlannedRun, evidence: readonly Evidence[], { signal }: GateOptions): GateReport {
  return conclude(plan, evidence, {
    finishedAt: meter.shell.now().toISOString(),
    ...(signal.aborted ? { interrupted: 'somebody interrupted it' } : {}),
  });
}

interface Judged {
  readonly report: GateReport;
  readonly evidence: readonly Evidence[];
}

/** Step 5: the documents are written, `latest` points to the run, and channels are told. */
async function publishRun(
  { plan, folder }: PlannedRun,
  { report, evidence }: Judged,
  { lastGo: findLastGo, tell }: GateOptions,
): Promise<GateRun> {
  const lastGo = (await findLastGo?.(plan)) ?? null;
  const pictures = readImages(folder.path, evidence);
  const sources = { evidence, lastGo, baselines: plan.baselines?.runs ?? [], pictures };
  for (const { name, text } of gateDocuments(report, sources)) folder.save(name, text);
  folder.publish();
  const delivery = await tell(report);
  const later = delivery === null ? [] : documentsWithDelivery(report, { ...sources, delivery });
  for (const { name, text } of later) folder.save(name, text);
  return { report, delivery, folder };
}

/** What earlier commands found out of this target: judged again later, the report says the same. */
function knownBefore(
  policy: Policy,
  { identity }: LiveTarget,
  { reports, drill }: GateOptions,
): Pick<RunPlan, 'checklistRuns' | 'proofs' | 'preflight'> {
  const preflight = readPreflight(reports, policy.target.name);
  const verified = preflight === null ? {} : { preflight };
  if (drill !== undefined) return verified;
  const checklistRuns = newestChecklistRuns(reports, identity.name);
  return {
    ...(checklistRuns.length > 0 ? { checklistRuns } : {}),
    proofs: proofsOf(policy, reports),
    ...verified,
  };
}

function compares({ criteria }: RunPlan): boolean {
  return criteria.some(({ statistic }) => isCompared(statistic) || statistic.kind === 'growth');
}

function proofsOf({ criteria, target }: Policy, reports: string): NonNullable<RunPlan['proofs']> {
  return proofsFor(criteria, readProofs(reports), { tool: toolVersion(), target: target.name });
}

/** What is judged, apart from how it is measured. */
function planOf(policy: Policy, run: Pick<RunPlan['run'], 'id' | 'startedAt' | 'target' | 'clock' | 'drill'>): RunPlan {
  const { rollout, configHash, profile, successCriteria, criteria, leftOut, waivers, errorBudget, rollback } = policy;
  return {
    run: { ...run, tool: toolVersion(), machine: machineOf() },
    rollout,
    configHash,
    profile,
    successCriteria,
    criteria,
    leftOut,
    waivers,
    errorBudget,
    rollback,
    ...defined({ bounds: policy.bounds }),
  };
}
