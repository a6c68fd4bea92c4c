/** What asks the target: loads, checks of its answers, and pages. */
import { askOnce } from '../../sources/load/ask-once.ts';
import { type Diagnosis, type Examine, withoutTarget } from './diagnosis.ts';

const TIMEOUT_MS = 10_000;

/** Each load asks once, and so finds what it would ask for. */
export const examineLoads: Examine = async ({ policy, target, shell }) => {
  const diagnoses: Diagnosis[] = [];
  for (const load of policy.loads) {
    const what = `load ${load.name}`;
    if (target === null) diagnoses.push(withoutTarget(what));
    else {
      const { fit, found } = await askOnce(load, { api: target.identity.api, target: policy.target, shell });
      const advice = `are the artifacts of targets.${policy.target.name} there? Until then what rests on it is inconclusive`;
      diagnoses.push(fit ? { what, state: 'ready', found } : { what, state: 'not ready', found, advice });
    }
  }
  return diagnoses;
};

/** They look for most of what they need themselves; that there is a document to hold the API to is seen from here. */
export const examineChecks: Examine = async ({ policy, target, shell }) => {
  if (policy.checks.length === 0) return [];
  const what = `checks ${policy.checks.map(({ name }) => name).join(', ')}`;
  if (target === null) return [withoutTarget(what)];
  const { openapi } = policy.target.conventions;
  const places = [`${target.identity.api}${openapi}`, new URL(openapi, target.identity.api).href];
  for (const place of places) {
    const answer = await shell.request(place, { timeoutMs: TIMEOUT_MS }).catch(() => null);
    if (answer?.status === 200 && /"openapi"|"swagger"/.test(answer.text)) {
      return [{ what, state: 'ready', found: `OpenAPI document at ${place}` }];
    }
  }
  const found = `no OpenAPI document at ${places.join(' or ')}`;
  return [{ what, state: 'blind', found, advice: `say where it is with targets.${policy.target.name}.openapi` }];
};

export const examinePages: Examine = async ({ policy, target, shell }) => {
  const diagnoses: Diagnosis[] = [];
  for (const { name, path, runs } of policy.lighthouse) {
    const what = `Lighthouse ${name}`;
    if (target === null) diagnoses.push(withoutTarget(what));
    else {
      const url = target.identity.web + path;
      const status = await shell.request(url, { timeoutMs: TIMEOUT_MS }).then(
        (answer) => answer.status,
        () => 'nothing',
      );
      const state = status === 200 ? 'ready' : 'not ready';
      diagnoses.push({ what, state, found: `${path} answers ${status}${state === 'ready' ? `; ${runs} runs` : ''}` });
    }
  }
  return diagnoses;
};
