/** The scenario plan for `npx playwright test` typed by hand: few visits, the target from config or environment. */

import { resolve } from 'node:path';
import { choosePolicy } from '../config/choose-policy.ts';
import { loadConfig } from '../config/load-config.ts';
import { defined } from '../lib/defined.ts';
import type { ScenarioPlan } from '../model/scenario-plan.ts';

export interface PlanByHand {
  readonly plan: ScenarioPlan;
  /** For Playwright to start the target, where the configuration says how; it puts the addresses into the environment. */
  readonly webServer?: {
    readonly command: string;
    readonly wait: { readonly stdout: RegExp };
    readonly timeout: number;
  };
}

const VISITS_BY_HAND = 3;

/**
 * Reads RAMPGATE_CONFIG, RAMPGATE_TARGET, RAMPGATE_WEB, RAMPGATE_API and RAMPGATE_VISITS.
 * Throws an OperatorMistake for a target or a configuration that does not hold.
 */
export async function planByHand(env: NodeJS.ProcessEnv): Promise<PlanByHand> {
  const config = await loadConfig(resolve(env['RAMPGATE_CONFIG'] ?? 'rampgate.config.ts'));
  const { RAMPGATE_WEB: web, RAMPGATE_API: api, RAMPGATE_TARGET: target } = env;
  const policy = choosePolicy(config.rollout, config.hash, {
    profile: Object.keys(config.rollout.profiles)[0] ?? '',
    ...defined({ target, web, api }),
  });
  const visits = Number(env['RAMPGATE_VISITS'] ?? VISITS_BY_HAND);
  const { at, artifacts, conventions, page, limiter } = policy.target;
  const plan: ScenarioPlan = {
    web: at.kind === 'running' ? at.web : '',
    api: at.kind === 'running' ? at.api : '',
    artifacts,
    summaryQuery: conventions.summaryQuery,
    page,
    ...(limiter === null ? {} : { visitEveryMs: limiter.visitEveryMs }),
    stage: 1,
    pass: { number: 1, of: 1 },
    visits: Object.fromEntries(policy.scenarios.map(({ name }) => [name, visits])),
    rounds: Object.fromEntries(policy.scenarios.map(({ name }) => [name, 1])),
    stepTimeoutMs: policy.browser.stepTimeoutMs,
    browserArgs: policy.browser.args,
    trace: policy.browser.trace,
  };
  if (at.kind === 'running') return { plan };
  return {
    plan,
    webServer: {
      command: at.command.join(' '),
      wait: { stdout: /RAMPGATE_TARGET \{"web":"(?<rampgate_web>[^"]+)","api":"(?<rampgate_api>[^"]+)"/ },
      timeout: at.timeoutMs,
    },
  };
}
