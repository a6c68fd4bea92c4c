import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeploymentInfo } from '../contract.ts';
import { diffPaths, openTestApi, type TestApi } from './test-api.fixture.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

describe('the API', () => {
  it('documents the mode of every diff in its OpenAPI', async () => {
    const { paths } = (await api.get('/openapi.json')).json();
    for (const route of ['diff', 'upstream-diff', 'source-project-diff']) {
      const { parameters, responses } = paths[`/api/v1/artifacts/{id}/${route}`].get;
      const mode = parameters.find(({ name }: { name: string }) => name === 'mode');
      expect(mode).toMatchObject({ in: 'query', schema: { enum: ['full', 'summary'], default: 'full' } });
      expect(responses).toHaveProperty('200');
    }
  });

  it.each(['/health', '/health/detailed', '/health/ready', '/health/live', '/metrics', '/metrics/'])(
    'answers %s outside its prefix',
    async (path) => expect((await api.app.inject(path)).statusCode).toBe(200),
  );

  it('lets the page in, before and in the request, and shows it where an answer came from', async () => {
    const [path] = diffPaths(api, 'skill:pocket-notes', 'sandbox');
    const headers = { origin: 'http://localhost:1', 'access-control-request-method': 'GET' };
    const preflight = await api.app.inject({ method: 'OPTIONS', url: `/api/v1${path}`, headers });
    expect(preflight.headers['access-control-allow-origin']).toBe('http://localhost:1');
    const answer = await api.app.inject({ url: `/api/v1${path}`, headers: { origin: 'http://localhost:1' } });
    expect(answer.headers['access-control-expose-headers']).toContain('X-Cache');
    const stranger = await api.app.inject({ url: `/api/v1${path}`, headers: { origin: 'http://evil.test' } });
    expect(stranger.headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('pages through artifacts', async () => {
    const first = (await api.get('/artifacts?limit=4')).json();
    const second = (await api.get(`/artifacts?limit=4&after=${first.page_info.end_cursor}`)).json();
    expect([first.items.length, first.page_info.has_next_page, second.items.length]).toEqual([4, true, 2]);
    expect((await api.get('/artifacts?after=zzz')).statusCode).toBe(400);
  });

  it('deploys, lists and undeploys', async () => {
    const project_path = api.project('sandbox');
    const wish = {
      artifact_id: 'agent:paper-trail',
      artifact_name: 'paper-trail',
      artifact_type: 'agent',
      project_path,
      overwrite: false,
    };
    const list = async () => {
      const { deployments } = (await api.get(`/deploy?project_path=${project_path}`)).json();
      return deployments.map((row: DeploymentInfo) => `${row.artifact_name} ${row.sync_status}`);
    };
    expect((await api.post('/deploy', wish)).json()).toMatchObject({ success: true, deployed_profiles: ['default'] });
    expect((await api.post('/deploy', wish)).statusCode).toBe(409);
    expect(await list()).toEqual(['pocket-notes modified', 'paper-trail synced']);
    await api.post('/deploy/undeploy', wish);
    expect(await list()).toEqual(['pocket-notes modified']);
  });

  it('describes projects, links and caches', async () => {
    expect((await api.get('/projects')).json().items[0]).toMatchObject({ name: 'atlas-web', deployment_count: 2 });
    expect((await api.get('/artifacts/skill:team-playbook/associations')).json()).toEqual({
      artifact_id: 'skill:team-playbook',
      requires: ['skill:pocket-notes'],
      required_by: ['skill:mega-migration', 'agent:review-buddy'],
    });
    expect((await api.get('/cache/status')).json()).toMatchObject({ total_projects: 7, total_artifacts: 6 });
  });

  it('logs one JSON object per line, and in health nothing about time-outs or failing upstreams', async () => {
    for (const path of diffPaths(api, 'skill:team-playbook', 'atlas-web')) await api.get(path);
    const lines = api.log().trim().split('\n');
    for (const line of lines) expect(JSON.parse(line)).toHaveProperty('message');
    expect(api.log()).toMatch(/Diff computed for skill:team-playbook: source-vs-project/);
    expect(lines.filter((line) => /timeout|upstream.*error/.test(line))).toEqual([]);
  });
});
