/** A gate report as the store remembers it. Pure. */
import { createHash } from 'node:crypto';
import type { Finding } from '../model/finding.ts';
import type { GateReport } from '../model/gate-report.ts';
import type { TargetIdentity } from '../model/run.ts';
import type { StoredCriterion, StoredRun } from './run-store.ts';

/** `gateText` is `gate.json` as it was written, `report` what it says. */
export function storedRun(gateText: string, { run, verdict, findings }: GateReport): StoredRun {
  return {
    id: run.id,
    rollout: run.rollout,
    profile: run.profile,
    startedAt: run.startedAt,
    finishedAt: run.finishedAt,
    target: run.target.name,
    environment: environmentOf(run.target),
    release: run.target.release,
    machineClass: run.environment.machineClass,
    os: run.environment.os,
    node: run.environment.node,
    browser: run.environment.browser,
    toolVersion: run.tool.version,
    toolCommit: run.tool.commit,
    configHash: run.configHash,
    verdict,
    interrupted: run.interrupted ?? null,
    gateSha256: createHash('sha256').update(gateText).digest('hex'),
    criteria: findings.map(storedCriterion),
  };
}

/**
 * Where a target is: its hosts, so that a target of the same name at other addresses is not taken for it. On this machine
 * ports change from run to run and say nothing.
 */
export function environmentOf({ web, api }: Pick<TargetIdentity, 'web' | 'api'>): string {
  return [...new Set([web, api].map(hostOf))].join(', ');
}

const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

function hostOf(address: string): string {
  if (!URL.canParse(address)) return address;
  const { hostname, host } = new URL(address);
  return loopback.test(hostname) ? 'this machine' : host;
}

/** Evidence that a browser brought: its build is part of what was measured. */
const byBrowser = /^evidence\/(?:browser|lighthouse)-/;

function storedCriterion(finding: Finding): StoredCriterion {
  const { observed, limit } = finding;
  const [lower, upper] = observed?.interval ?? [null, null];
  return {
    criterion: finding.criterion,
    severity: finding.severity,
    waived: finding.waived !== undefined,
    outcome: finding.outcome,
    reason: finding.reason,
    statistic: observed?.statistic ?? null,
    value: observed?.value ?? null,
    unit: observed?.unit ?? limit.unit,
    lower,
    upper,
    samples: observed?.samples ?? 0,
    limit,
    inBrowser: finding.evidence.some((path) => byBrowser.test(path)),
  };
}
