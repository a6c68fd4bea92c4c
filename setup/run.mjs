// `node setup/run.mjs FILE.ts [argument …]`: sets up what is missing, then runs a file of this clone on the pinned runtime.
import { requireNodeForSetup } from './runtime.mjs';

requireNodeForSetup();

const [entry = '', ...args] = process.argv.slice(2);

// Loaded only now, because an older Node would stop at its syntax before it could say what is wrong.
void import('./launch.mjs')
  .then(({ launch }) => launch(entry, args))
  .then((exitCode) => {
    process.exitCode = exitCode;
  });
