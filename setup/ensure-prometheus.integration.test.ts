import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ensurePrometheus } from './ensure-prometheus.mjs';
import { temporaryFolders } from './temporary-folders.ts';

const newFolder = temporaryFolders();

/** A clone and a PATH of its own, with an `apt-get` and a `dpkg-deb` that do as the test says. */
function machine(programs: { readonly [name: string]: string }) {
  const root = newFolder();
  const bin = join(root, 'bin');
  mkdirSync(bin);
  for (const tool of ['env', 'mkdir', 'touch']) symlinkSync(`/bin/${tool}`, join(bin, tool));
  for (const [name, commands] of Object.entries({ sudo: 'shift; exec "$@"', ...programs })) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${commands}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  const unpacked = join(root, 'node_modules/.cache/rampgate/prometheus/usr/bin/prometheus');
  return { clone: { root, env: { PATH: bin, ROOT: root } }, bin, unpacked };
}

const unpack = '[ "$2" = prometheus_2.deb ] && mkdir -p "$3/usr/bin" && touch "$3/usr/bin/prometheus"';

describe.skipIf(process.platform !== 'linux')('a Prometheus for the tests', () => {
  it('is the one on PATH, where there is one', async () => {
    const { clone, bin } = machine({ prometheus: 'exit 1' });
    expect(await ensurePrometheus(clone)).toBe(join(bin, 'prometheus'));
  });

  it('is unpacked from Debian’s package, and fetched only once', async () => {
    const apt = '[ "$3 $4" = "download prometheus" ] && touch "$ROOT/asked" prometheus_2.deb';
    const { clone, unpacked } = machine({ 'apt-get': apt, 'dpkg-deb': unpack });
    expect(await ensurePrometheus(clone)).toBe(unpacked);
    writeFileSync(join(clone.root, 'bin', 'apt-get'), '#!/bin/sh\nexit 1\n');
    expect(await ensurePrometheus(clone)).toBe(unpacked);
  });

  it('is fetched after the list of packages, where that is missing or old', async () => {
    const apt = 'case "$3" in update) touch "$ROOT/list";; *) [ -e "$ROOT/list" ] && touch prometheus_2.deb;; esac';
    const { clone, unpacked } = machine({ 'apt-get': apt, 'dpkg-deb': unpack });
    expect(await ensurePrometheus(clone)).toBe(unpacked);
  });

  it('is asked for, with what was tried, where none can be had', async () => {
    const { clone } = machine({ 'apt-get': 'echo "no network"; exit 100' });
    await expect(ensurePrometheus(clone)).rejects.toThrow(
      /none was found on PATH.*"apt-get download prometheus" gave exit code 100:.*no network.*"apt-get update" gave.*apt-get install prometheus/s,
    );
  });
});
