/** `rampgate doctor`: is this machine and this target fit to measure, what is missing, and how to get it. */
import { resolve } from 'node:path';
import { checkAddresses } from '../../config/check-addresses.ts';
import { choosePolicy } from '../../config/choose-policy.ts';
import { loadConfig } from '../../config/load-config.ts';
import { exitCodes } from '../../lib/exit-codes.ts';
import { interruptible } from '../../lib/interruptible.ts';
import { redactorFor } from '../../lib/redact.ts';
import type { Shell } from '../../lib/shell.ts';
import type { Diagnosis } from '../../sources/diagnosis.ts';
import { type Policy, sources } from '../../sources/registry.ts';
import type { StorePlace } from '../../store/open-store.ts';
import { examineBaselines } from './baselines.ts';
import type { DoctorFlags } from './describe-doctor.ts';
import type { Examination } from './examine.ts';
import { examineBrowser, examineNoise, examineRampgate } from './machine.ts';
import { examineTarget } from './open.ts';
import { isFit, renderDoctor, type Section } from './render-doctor.ts';
import { examineChannels, examineReporting } from './reporting.ts';
import { examineRollback } from './tools.ts';

/** Looks at everything a gate would need, and measures and changes nothing of the target; resolves to the exit code. */
export async function doctorCommand(flags: DoctorFlags, shell: Shell): Promise<number> {
  checkAddresses(flags);
  const config = await loadConfig(resolve(shell.cwd, flags.config));
  const policy = choosePolicy(config.rollout, config.hash, flags);
  const place = { reports: resolve(shell.cwd, 'reports'), configured: config.rollout.store };
  const interruption = interruptible(shell);
  const { signal } = interruption;
  try {
    const browser = await examineBrowser(policy, flags, shell);
    const noise = await examineNoise(policy, browser.path, { shell, signal });
    const machine = [examineRampgate(), browser.diagnosis, ...noise];
    const sections = [
      { title: 'This machine', diagnoses: machine },
      ...(await examineAll(policy, place, { shell, signal })),
    ];
    // What is quoted of answers and commands may hold what the environment keeps secret.
    const safe = redactorFor(shell.env).deep(sections);
    shell.out(renderDoctor(safe, shell.terminal));
    if (signal.aborted) return exitCodes.interrupted;
    return isFit(safe.flatMap(({ diagnoses }) => diagnoses)) ? exitCodes.go : exitCodes.inconclusive;
  } finally {
    interruption.release();
  }
}

async function examineAll(
  policy: Policy,
  place: StorePlace,
  { shell, signal }: Pick<Examination, 'shell' | 'signal'>,
): Promise<readonly Section[]> {
  const { target, diagnoses } = await examineTarget(policy, shell);
  try {
    const examination = { policy, target, shell, signal };
    const found: Diagnosis[] = [];
    for (const source of sources) found.push(...(await source.examine(policy, examination)));
    found.push(...(await examineBaselines(examination, place)));
    return [
      { title: `Target ${policy.target.name}`, diagnoses },
      { title: 'What the gate asks', diagnoses: found },
      { title: 'What comes after', diagnoses: await examineAfter(examination) },
      { title: 'Not checked', diagnoses: notChecked(policy) },
    ];
  } finally {
    await target?.close();
  }
}

async function examineAfter(examination: Examination): Promise<readonly Diagnosis[]> {
  return [
    ...(await examineReporting(examination)),
    ...(await examineChannels(examination)),
    ...(await examineRollback(examination)),
  ];
}

/** What the rollout asks for and this run would not look at. */
function notChecked({ leftOut }: Policy): readonly Diagnosis[] {
  return leftOut.map(({ id, reason }) => ({ what: id, state: 'left out', found: withoutBy(reason) }));
}

/** By whom, the sections' titles and the flags say. */
function withoutBy(reason: string): string {
  return reason.replace(/^left out by (?:target|profile) [^:]+: /, '');
}
