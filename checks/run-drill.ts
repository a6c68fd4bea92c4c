/** Runs the real `rampgate drill`, for the tests that look at the whole. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DrillCell, type DrillReport, drillReportSchema } from '../harness/features/drill/drill-report.ts';
import { type EndedProcess, projectRoot, startRampgate } from './run-gate.ts';

export interface FinishedDrill extends EndedProcess {
  readonly report: DrillReport;
  /** The folder of reports that it wrote to. */
  readonly out: string;
}

/** Runs the drill of this project to its end. */
export function runDrill(...args: readonly string[]): Promise<FinishedDrill> {
  return runDrillIn(projectRoot, ...args);
}

/** Runs the drill of a copy of this project. */
export async function runDrillIn(root: string, ...args: readonly string[]): Promise<FinishedDrill> {
  const out = mkdtempSync(join(tmpdir(), 'rampgate-drill-'));
  folders.push(out);
  const { exitCode, stdout, stderr } = await startRampgate(root, ['drill', '--out', out, ...args]).ended;
  const drill = readdirSync(join(out, 'drills')).find((name) => name.includes('-drill-'));
  if (drill === undefined) throw new Error(`there is no drill in ${out}: ${stdout}${stderr}`);
  const saved: unknown = JSON.parse(readFileSync(join(out, 'drills', drill, 'drill.json'), 'utf8'));
  return { exitCode, stdout, stderr, report: drillReportSchema.parse(saved), out };
}

/** Removes the folders that the drills of this test wrote. */
export function removeDrills(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

const folders: string[] = [];

/** `cache-lies: diff.cache-hit-rate`, of every cell in a state. */
export function cellsThatAre(state: DrillCell['state'], { faults }: DrillReport): string[] {
  return faults.flatMap(({ name, cells }) =>
    cells.filter((cell) => cell.state === state).map(({ criterion }) => `${name}: ${criterion}`),
  );
}
