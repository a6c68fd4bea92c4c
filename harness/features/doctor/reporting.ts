/** Whether Rampgate could report to a Sentry of its own and tell its channels; a run that cannot goes on, and says so. */
import { webhookOf } from '../notify/channel.ts';
import { destinationOf } from '../notify/destination.ts';
import type { Examine } from './examine.ts';

export const examineReporting: Examine = ({ policy: { reporting }, shell }) => {
  if (reporting === null) return Promise.resolve([]);
  const { dsnVariable, environment } = reporting;
  const isSet = (shell.env[dsnVariable] ?? '') !== '';
  const found = isSet ? `as ${environment}, to the DSN in ${dsnVariable}` : `${dsnVariable} is not set`;
  return Promise.resolve([{ what: 'reports to Sentry', state: isSet ? 'ready' : 'missing', found }]);
};

export const examineChannels: Examine = ({ policy: { notify }, shell }) =>
  Promise.resolve(
    (notify?.channels ?? []).map(({ name, kind, variable }) => {
      const place = kind === 'sentry' ? destinationOf(variable, shell.env) : webhookOf(variable, shell.env);
      const isKnown = typeof place !== 'string';
      const found = isKnown ? `${kind} at ${place.host}, as ${variable} has it` : place;
      return { what: `channel ${name}`, state: isKnown ? 'ready' : 'missing', found } as const;
    }),
  );
