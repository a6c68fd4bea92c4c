/** Waived criteria: judged as usual, but without effect on the verdict, until the end of a stated day. */

import type { Waiver } from '../model/criterion.ts';
import type { Finding } from '../model/finding.ts';
import type { Instant } from '../model/units.ts';

/** Whether a waiver counts for a run that began then; its last day is in it, in UTC. */
export function isInForce({ until }: Waiver, startedAt: Instant): boolean {
  return startedAt.slice(0, until.length) <= until;
}

/** The findings, each with its waiver where one is in force. */
export function waive(findings: readonly Finding[], waivers: readonly Waiver[], startedAt: Instant): Finding[] {
  return findings.map((finding) => {
    const waived = waivers.find((waiver) => waiver.criterion === finding.criterion && isInForce(waiver, startedAt));
    return waived === undefined ? finding : { ...finding, waived };
  });
}
