import { describe, expect, it } from 'vitest';
import { harnessRuntimeProblem, setupRuntimeProblem } from './runtime.mjs';

describe('the Node that set-up runs on', () => {
  it.each(['18.0.0', '20.20.2', '24.21.0', '26.10.0'])('may be %s', (version) => {
    expect(setupRuntimeProblem(version)).toBeNull();
  });

  it.each(['12.22.12', '16.20.2', '17.9.1'])('may not be %s, and the message names it and what to do', (version) => {
    expect(setupRuntimeProblem(version)).toMatch(new RegExp(`Node ${version}.*\n.*Install a current Node`));
  });
});

describe('the Node that measures', () => {
  it.each(['24.12.0', '24.21.0'])('may be %s', (version) => {
    expect(harnessRuntimeProblem(version)).toBeNull();
  });

  it.each(['20.20.2', '24.11.1', '26.10.0'])('may not be %s, and the message names it and what to do', (version) => {
    expect(harnessRuntimeProblem(version)).toMatch(new RegExp(`Node ${version}.*\n.*npm run gate`));
  });
});
