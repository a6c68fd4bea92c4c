import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../../checks/run-command-line.ts';
import { temporaryFolders } from '../../../setup/temporary-folders.ts';
import { packageRoot } from '../../lib/package-root.ts';
import { type RecordingTools, recordingTools } from './recording-tools.fixture.ts';

const newFolder = temporaryFolders();
let folder: string;
let tools: RecordingTools;
let configs = 0;

beforeEach(() => {
  folder = newFolder();
  tools = recordingTools(folder, 'kubectl', 'gh', 'git');
  tools.when('kubectl', '"set env "*--list', 'echo CACHE_DIFF_ENABLED=true');
});
afterEach(() => tools.release());

/** The shipped configuration, with a rollback plan that is the checklist's but for these values. */
function configWith(values: object = {}): string {
  // A file that was imported once is not read again.
  const file = join(folder, `rampgate.config.${configs++}.mjs`);
  const shipped = JSON.stringify(join(packageRoot, 'rampgate.config.ts'));
  writeFileSync(
    file,
    `import shipped from ${shipped};
const rollback = { ...shipped.rollback, values: { ...shipped.rollback.values, ...${JSON.stringify(values)} } };
const target = { ...shipped.targets.skillmeat, rollback };
export default { ...shipped, defaultTarget: 'skillmeat', targets: { skillmeat: target } };
`,
  );
  return file;
}

const out = (): string => join(folder, 'reports');
const check = (config: string) => run('rollback', '--check', '--config', config, '--out', out());
const phases = { withoutPhase5: 'v0.3.0-a', withoutPhase6: 'v0.3.0-b' };

describe('rampgate rollback --check', () => {
  it('says armed where every dry run ends well, and asks for nothing that changes', async () => {
    const { exitCode, out: said } = await check(configWith(phases));
    expect(said).toContain('The rollback is proved to work: 6 commands, checked ');
    expect(exitCode).toBe(0);
    expect(tools.asked()).toContain('kubectl rollout undo deployment/skillmeat-api -n production --dry-run=server');
    expect(tools.asked()).toContain('git ls-remote --exit-code origin v0.3.0-rc1');
    const changing = tools
      .asked()
      .filter((line) => /rollout undo|set env|workflow run/.test(line) && !/--dry-run=server|--list/.test(line));
    expect(changing).toEqual([]);
  });

  it('is armed without a remedy that nobody has a value for, and says which', async () => {
    const { exitCode, out: said } = await check(configWith());
    expect(exitCode).toBe(0);
    expect(said).toContain('The rollback is proved to work: 4 commands');
    expect(said.replaceAll(/\s+/g, ' ')).toContain('nobody said what {withoutPhase5} is');
  });

  it.each([
    [
      'no permission',
      'kubectl',
      '"auth can-i"*',
      'echo no; exit 1',
      'this login may change the deployment (exit 1 after',
    ],
    [
      'no revision',
      'kubectl',
      '*--dry-run=server',
      'echo "error: no rollout history found" >&2; exit 1',
      'no rollout history',
    ],
    ['no tag', 'git', '*v0.3.0-rc1', 'exit 2', 'v0.3.0-rc1 exists (exit 2 after'],
    ['no workflow', 'gh', '"workflow view"*', 'echo "HTTP 404: Not Found" >&2; exit 1', 'HTTP 404'],
  ])('says not armed where there is %s, with what was said', async (_, tool, asked, behaviour, why) => {
    tools.when(tool, asked, behaviour);
    const { exitCode, out: said } = await check(configWith());
    expect(exitCode).toBe(2);
    expect(said.replaceAll(/\s+/g, ' ')).toContain(why);
    expect(said).toContain('The rollback is not proved to work');
  });

  it('says not armed where a tool is missing', async () => {
    const path = process.env['PATH'];
    process.env['PATH'] = newFolder();
    const { exitCode, out: said } = await check(configWith());
    process.env['PATH'] = path;
    expect(exitCode).toBe(2);
    expect(said.replaceAll(/\s+/g, ' ')).toContain(
      'Redeploy the previous frontend build (frontend): gh and git are not installed here',
    );
    expect(tools.asked()).toEqual([]);
  });

  it('is in the plans of the day after it, as long as they are the same', async () => {
    const config = configWith();
    const before = await run('rollback', '--scope', 'backend', '--config', config, '--out', out());
    expect(before.out).toContain('Not verified: nobody has checked it');
    await check(config);
    const after = await run('rollback', '--scope', 'backend', '--config', config, '--out', out(), '--json');
    expect(JSON.parse(after.out)).toMatchObject({ scope: 'backend', armed: true, steps: [{ armed: true }] });
    // Another command is another step.
    const changed = configWith({ deployment: 'other' });
    const other = await run('rollback', '--scope', 'backend', '--config', changed, '--out', out(), '--json');
    expect(JSON.parse(other.out)).toMatchObject({ armed: false });
  });

  it('explains a run that is none, and a target that is not there', async () => {
    const nowhere = await run('rollback', join(folder, 'nothing'), '--config', configWith());
    expect(nowhere).toMatchObject({ exitCode: 3, err: expect.stringContaining('There is no judged run in') });
    const target = await run('rollback', '--check', '--target', 'skilmeat', '--config', configWith());
    expect(target).toMatchObject({ exitCode: 3, err: expect.stringContaining('Did you mean "skillmeat"?') });
    expect(existsSync(out())).toBe(false);
  });
});
