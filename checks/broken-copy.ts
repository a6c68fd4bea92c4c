/** A copy of this project in which one place is broken on purpose. */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { projectRoot } from './run-gate.ts';

/** A breakage: every occurrence of this text in this file becomes another text. */
export interface Breakage {
  readonly file: string;
  readonly text: string;
  readonly becomes: string;
}

/** Makes a broken copy. Throws where the text is no longer there: nothing would be broken. */
export function brokenCopy({ file, text, becomes }: Breakage): string {
  const copy = copyOfProject();
  const whole = readFileSync(join(copy, file), 'utf8');
  if (!whole.includes(text)) throw new Error(`${file} no longer says what is to be broken: ${text}`);
  writeFileSync(join(copy, file), whole.replaceAll(text, becomes));
  return copy;
}

/** Makes a copy that can be changed, without tests. */
export function copyOfProject(): string {
  const copy = mkdtempSync(join(tmpdir(), 'rampgate-copy-'));
  copies.push(copy);
  cpSync(projectRoot, copy, { recursive: true, filter: isNeeded });
  symlinkSync(join(projectRoot, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/** Removes the copies that this test made. */
export function removeCopies(): void {
  for (const copy of copies.splice(0)) rmSync(copy, { recursive: true, force: true });
}

const copies: string[] = [];

const leftOut = new Set(['node_modules', '.git', 'reports', '.mutants', 'docs']);

/** Tests and golden files are a third of the files, and no command needs them. */
function isNeeded(path: string): boolean {
  return !leftOut.has(relative(projectRoot, path)) && !/\.test\.ts$|\/golden$/.test(path);
}
