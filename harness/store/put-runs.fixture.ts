/** A process that puts runs into a store, for tests of several at once: `PLACE NAME COUNT`. */

import { openPostgres } from './postgres.ts';
import { runOf } from './runs.fixture.ts';
import { openSqlStore } from './sql-store.ts';
import { openSqlite } from './sqlite.ts';

const [place = '', name = '', count = ''] = process.argv.slice(2);
const store = await openSqlStore(place.startsWith('postgres:') ? await openPostgres(place) : openSqlite(place, place));
for (let index = 0; index < Number(count); index += 1) await store.putRuns([runOf({ id: `${name}-${index}` })]);
await store.close();
