/** From an accepted run to the no-go of one whose API breaks a promise, through the command line. */
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../../checks/run-command-line.ts';
import { temporaryFolders } from '../../../setup/temporary-folders.ts';

const newFolder = temporaryFolders();

let server: Server;
let address = '';
/** What it answers for now. */
let fields: readonly string[] = [];
beforeAll(async () => {
  server = createServer((_request, response) => response.end(JSON.stringify(documentOf(fields))));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = server.address();
  address = `http://127.0.0.1:${typeof at === 'object' && at !== null ? at.port : 0}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  fields = ['name', 'size'];
});

function documentOf(names: readonly string[]) {
  const schema = { type: 'object', properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])) };
  const responses = { 200: { content: { 'application/json': { schema } } } };
  return { openapi: '3.1.0', paths: { '/things': { get: { responses } } } };
}

interface Given {
  readonly waived?: boolean;
  readonly store?: string;
}

/** Its commands, in a folder of reports and with a configuration that asks for the promises alone. */
function rampgate(reports: string) {
  return (command: string, { waived = false, store }: Given = {}) => {
    const config = join(reports, `${waived ? 'waived' : 'plain'}${store === undefined ? '' : '-shared'}.config.mjs`);
    writeFileSync(
      config,
      `export default {
        name: 'promises', successCriteria: { S1: 'It is kept' }, defaultTarget: 'it',
        targets: { it: { web: '${address}', api: '${address}', release: 'r1', artifacts: {} } },
        profiles: { 'pre-ramp': {}, nightly: { baseline: 'nightly' } }, scenarios: {}, load: {},
        ${store === undefined ? '' : `store: '${store}',`}
        ${waived ? "waivers: [{ criterion: 'it.kept', owner: 'me', reason: 'meant', until: '2999-12-31' }]," : ''}
        checks: { it: async ({ request, promises, check }) => {
          const document = (await request('/')).json();
          check('it.answers', { name: 'it', expected: 'yes', actual: 'yes', how: 'GET /' });
          promises('it.kept', { document, answers: {} });
        } },
        criteria: [
          { id: 'it.answers', title: 'It answers', scope: 'backend', from: 'checks:it', statistic: 'all', limit: '<= 0',
            minSamples: 1, rationale: 'r', advice: 'a', checklist: ['S1'] },
          { id: 'it.kept', title: 'Promises are kept', scope: 'backend', from: 'checks:it', statistic: 'all vs baseline',
            limit: '<= 0', minSamples: 1, rationale: 'r', advice: 'a', checklist: [] },
        ],
        rollback: { steps: [] },
      };\n`,
    );
    return run(...command.split(' '), '--out', reports, '--config', config);
  };
}

interface Told {
  readonly findings: readonly { readonly criterion: string; readonly outcome: string; readonly message: string }[];
  readonly notExercised: readonly { readonly id: string; readonly reason: string }[];
}

describe('the promises of an accepted run', () => {
  it('are none before one is accepted: that is said, and passes nothing', async () => {
    const { out, exitCode } = await rampgate(newFolder())('gate --json');
    expect(exitCode).toBe(0);
    const { findings, notExercised } = JSON.parse(out) as Told;
    expect(findings.map(({ criterion }) => criterion)).toEqual(['it.answers']);
    expect(notExercised).toEqual([
      expect.objectContaining({
        id: 'it.kept',
        reason: expect.stringContaining('No release of this target was accepted'),
      }),
    ]);
  });

  it('are held to from then on, in every profile: what is added passes, what is taken away is no-go', async () => {
    const reports = newFolder();
    const said = rampgate(reports);
    await said('gate');
    const accepted = await said('baseline accept latest');
    expect(accepted.out).toContain('For it.kept: 1 documented operation and 0 answers');
    const { out: shown } = await said('baseline show it.kept');
    expect(shown).toMatch(/^it\.kept \(release\): 1 documented operation.*\n {2}\S+, release r1\n/);
    expect(shown).toContain('it (this machine), whatever profile, machine and browser\n');

    fields = ['name', 'size', 'owner'];
    expect((await said('gate')).exitCode).toBe(0);
    fields = ['name'];
    for (const profile of ['pre-ramp', 'nightly']) {
      const { out, exitCode } = await said(`gate --profile ${profile} --json`);
      expect(exitCode).toBe(1);
      const [, kept] = (JSON.parse(out) as Told).findings;
      expect(kept).toMatchObject({ criterion: 'it.kept', outcome: 'fail' });
      expect(kept?.message).toContain('$.size is gone');
    }
    expect((await run('judge', join(reports, 'latest'))).out).toContain('to the letter');
  });

  it('are others once a run is accepted in which a break was waived', async () => {
    const said = rampgate(newFolder());
    await said('gate');
    await said('baseline accept latest');
    fields = ['name'];
    expect((await said('gate')).exitCode).toBe(1);
    expect((await said('baseline accept latest')).err).toContain('its verdict is no-go');
    expect((await said('gate', { waived: true })).exitCode).toBe(0);
    expect((await said('baseline accept latest')).exitCode).toBe(0);
    expect((await said('gate')).exitCode).toBe(0);
    // The folders are the truth: an index that is made anew knows them as well.
    expect((await said('store rebuild')).out).toContain('2 decisions');
    fields = [];
    expect((await said('gate')).exitCode).toBe(1);
  });

  it('are not decided where the store does not answer', async () => {
    const { out, exitCode } = await rampgate(newFolder())('gate --json', {
      store: 'postgres://rampgate@127.0.0.1:1/x',
    });
    expect(exitCode).toBe(2);
    const [, kept] = (JSON.parse(out) as Told).findings;
    expect(kept).toMatchObject({ criterion: 'it.kept', outcome: 'inconclusive' });
    expect(kept?.message).toContain('the store does not answer');
  });
});
