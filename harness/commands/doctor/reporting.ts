/** Whether Rampgate could report to a Sentry of its own; a run that cannot goes on, and keeps what it had to say. */
import type { Examine } from './diagnosis.ts';

export const examineReporting: Examine = ({ policy: { reporting }, shell }) => {
  if (reporting === null) return Promise.resolve([]);
  const { dsnVariable, environment } = reporting;
  const isSet = (shell.env[dsnVariable] ?? '') !== '';
  const found = isSet ? `as ${environment}, to the DSN in ${dsnVariable}` : `${dsnVariable} is not set`;
  return Promise.resolve([{ what: 'reports to Sentry', state: isSet ? 'ready' : 'missing', found }]);
};
