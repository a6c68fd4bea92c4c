/** Where a log is: a started target knows best, unless somebody said so for this run. */
import type { LogPolicy } from '../../model/source-policies.ts';

export function announcedLog(log: LogPolicy, announced: { readonly [name: string]: string }): LogPolicy {
  const path = log.isGiven ? undefined : announced[log.name];
  return path === undefined ? log : { ...log, source: { kind: 'files', paths: [path] } };
}
