/** A Postgres server for tests, in a temporary folder and on a free port. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { thisClone } from '../setup/clone.mjs';
import { ensurePostgres } from '../setup/ensure-postgres.mjs';

export const postgresPassword = 'a-secret-of-the-test';

export interface PostgresServer {
  readonly port: number;
  /** Makes an empty database; resolves to its address, without the password. */
  newDatabase(): Promise<string>;
  stop(): Promise<void>;
}

/** Resolves when the server accepts connections, with `postgresPassword`. */
export async function startPostgres(): Promise<PostgresServer> {
  const programs = await ensurePostgres(thisClone());
  const folder = mkdtempSync(join(tmpdir(), 'rampgate-postgres-'));
  const user = userToRunAs();
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, postgresPassword);
  if (user !== null) for (const path of [folder, passwordFile]) chownSync(path, user.uid, user.gid);
  const data = join(folder, 'data');
  const port = await freePort();
  const as = { ...user, cwd: folder };
  const making = ['-D', data, '-U', 'rampgate', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--no-sync'];
  execFileSync(join(programs, 'initdb'), [...making, '--encoding=UTF8', '--locale=C'], { ...as, stdio: 'pipe' });
  const settings = [
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${folder}`,
    'fsync=off',
    'max_connections=40',
  ];
  const server = spawn(
    join(programs, 'postgres'),
    ['-D', data, '-p', String(port), ...settings.flatMap((one) => ['-c', one])],
    { ...as, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const admin = await connectWhenReady(server, port);
  let count = 0;
  return {
    port,
    newDatabase: async () => {
      count += 1;
      await admin.query(`CREATE DATABASE test_${count}`);
      return `postgres://rampgate@127.0.0.1:${port}/test_${count}`;
    },
    stop: async () => {
      await admin.end();
      await ended(server, 'SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Postgres refuses to run as root; Debian's package brings a user for it. Null: as the current user. */
function userToRunAs(): { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const entries = readFileSync('/etc/passwd', 'utf8').split('\n');
  const [, , uid, gid] = (entries.find((line) => line.startsWith('postgres:')) ?? '').split(':');
  if (uid === undefined || gid === undefined) throw new Error('there is no user postgres to run the server as');
  return { uid: Number(uid), gid: Number(gid) };
}

async function connectWhenReady(server: ChildProcess, port: number): Promise<Client> {
  let said = '';
  const ready = new Promise<void>((resolve, reject) => {
    server.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('ready to accept connections')) resolve();
    });
    server.once('exit', (code) => reject(new Error(`postgres ended with ${code}:\n${said}`)));
  });
  await ready;
  const client = new Client({
    connectionString: `postgres://rampgate:${postgresPassword}@127.0.0.1:${port}/postgres`,
  });
  await client.connect();
  return client;
}

function ended(server: ChildProcess, signal: 'SIGINT'): Promise<void> {
  return new Promise((resolve) => {
    server.once('exit', () => resolve());
    server.kill(signal);
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
