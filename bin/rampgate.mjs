#!/usr/bin/env node
// The command of this clone: sets up what is missing, then hands over to harness/cli.ts on the pinned runtime.
import { requireNodeForSetup } from '../setup/runtime.mjs';

requireNodeForSetup();

// Loaded only now, because an older Node would stop at its syntax before it could say what is wrong.
void import('../setup/launch.mjs')
  .then(({ launch }) => launch('harness/cli.ts', process.argv.slice(2)))
  .then((exitCode) => {
    process.exitCode = exitCode;
  });
