/** What the demo's API promises, held to itself and to what faults take away. */
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ConventionsName } from '../../demo/conventions.ts';
import type { FaultName } from '../../demo/faults.ts';
import { openTestApi } from '../../demo/server/test-api.fixture.ts';
import { checklistConventions } from '../../harness/config/api-conventions.ts';
import { realShell } from '../../harness/lib/shell.ts';
import type { ApiContract } from '../../harness/model/api-contract.ts';
import type { CollectedEvidence, Evidence } from '../../harness/model/evidence.ts';
import type { ApiConventions } from '../../harness/model/target-policy.ts';
import { type AcceptedContracts, collectChecks } from '../../harness/sources/checks/collect-checks.ts';
import { apiCompatibility } from './api-compatibility.ts';

const sli = 'contract.no-breaking-change';
const open: { readonly close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

interface Asked {
  readonly fault?: FaultName;
  readonly conventions?: ConventionsName;
  readonly speaks?: Partial<ApiConventions>;
  readonly accepted?: AcceptedContracts;
}

async function look({ fault, conventions = 'checklist', speaks = {}, accepted = {} }: Asked = {}): Promise<Evidence> {
  const demo = await openTestApi({ faults: fault === undefined ? [] : [[fault, 1]], conventions });
  open.push(demo);
  const api = `${await demo.app.listen({ host: '127.0.0.1', port: 0 })}/api/v1`;
  const artifact = (name: string) => ({ id: `skill:${name}`, name });
  return collectChecks(
    { name: 'promises', run: apiCompatibility, changesTarget: false },
    {
      target: { web: api, api },
      accepted,
      policy: {
        artifacts: { large: artifact('team-playbook') },
        conventions: { ...checklistConventions, ...speaks },
        limiter: null,
        mayChange: null,
        uncached: null,
      },
      shell: realShell(),
      signal: new AbortController().signal,
      onProgress: () => undefined,
    },
  );
}

function collected(evidence: Evidence): CollectedEvidence {
  if (evidence.status !== 'collected') throw new Error('nothing was collected');
  return evidence;
}

function contractOf(evidence: Evidence): ApiContract {
  return (collected(evidence).facts['contracts'] as unknown as { readonly [of: string]: ApiContract })[
    sli
  ] as ApiContract;
}

async function acceptedOf(asked?: Asked): Promise<AcceptedContracts> {
  return { [sli]: { run: 'run-1', release: 'r1', contract: contractOf(await look(asked)) } };
}

let accepted: AcceptedContracts;
beforeAll(async () => {
  accepted = await acceptedOf();
});

/** What was taken away, by what it was taken from. */
function broken(evidence: Evidence): { readonly [what: string]: string } {
  const checks = collected(evidence).measurements.flatMap((one) => (one.kind === 'checks' ? one.checks : []));
  expect(checks.length).toBeGreaterThan(10);
  return Object.fromEntries(
    checks.flatMap(({ name, ok, actual }) => (ok ? [] : [[name.replace(': as in r1, or more', ''), actual]])),
  );
}

const diff = 'GET /api/v1/artifacts/{}/diff';
const answer = (mode = '') => `the answer to GET /artifacts/{id}/diff${mode}`;

describe('the promises of an API', () => {
  it('are written down, and held to nothing, where no release was accepted', async () => {
    const evidence = collected(await look());
    expect(evidence).toMatchObject({ measurements: [], qualityIssues: [] });
    const { operations, answers } = contractOf(evidence);
    expect(operations[diff]?.parameters['query mode']).toEqual({
      types: ['string'],
      required: false,
      values: ['"full"', '"summary"'],
      default: '"full"',
    });
    expect(Object.keys(answers)).toHaveLength(3);
    expect(answers['GET /artifacts/{id}/diff']?.['$.files[].unified_diff']?.required).toBe(true);
  });

  it('are kept by the same release', async () => {
    expect(broken(await look({ accepted }))).toEqual({});
  });

  it('are not decided where nobody knows what was accepted', async () => {
    const evidence = collected(await look({ accepted: 'the store does not answer' }));
    expect(evidence.measurements).toEqual([]);
    expect(evidence.qualityIssues).toEqual([
      { code: 'no-baseline', message: 'the store does not answer', slis: [sli] },
    ]);
  });

  it('are not decided where there is no document any more', async () => {
    const evidence = collected(await look({ fault: 'no-openapi', accepted }));
    expect(evidence.measurements).toEqual([]);
    expect(evidence.qualityIssues).toMatchObject([{ code: 'signal-absent', slis: [sli] }]);
  });

  it.each<[FaultName, { readonly [what: string]: string }]>([
    ['field-removed', { 'the answer to GET /deploy?project_path={project}': '$.deployments[].sync_status is gone' }],
    ['summary-by-default', { [answer()]: '$.files[].unified_diff is gone' }],
    [
      'summary-ignored',
      {
        [answer('?mode=summary')]:
          '$.files[].additions is gone; $.files[].deletions is gone; $.files[].unified_diff_bytes is gone; $.files[].unified_diff_lines is gone',
      },
    ],
    [
      'undocumented-mode',
      Object.fromEntries(
        ['diff', 'upstream-diff', 'source-project-diff'].map((route) => [
          `GET /api/v1/artifacts/{}/${route}`,
          'query mode is gone',
        ]),
      ),
    ],
  ])('are broken by %s', async (fault, told) => {
    expect(broken(await look({ fault, accepted }))).toEqual(told);
  });

  it('are others of an API that speaks another dialect', async () => {
    const speaks = { summaryQuery: 'summary_only=true', summaryCountsLines: false };
    const same = await acceptedOf({ conventions: 'skillmeat', speaks });
    expect(broken(await look({ conventions: 'skillmeat', speaks, accepted: same }))).toEqual({});
  });
});
