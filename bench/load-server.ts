/**
 * A server that records what it does, in its own process: `node bench/load-server.ts`. `/bimodal`, `/stall` and `/hang` answer
 * as they are called; `/plain` answers at once and is not recorded. `/reset` clears the record, `/truth` returns it.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { STALL_AT_REQUEST, STALL_MS, UNANSWERED_SHARE } from './load-server-truth.ts';

let arrivals: number[] = [];
let services: number[] = [];
let stalledUntil = 0;

const server = createServer((request, response) => {
  const path = (request.url ?? '').split('?')[0];
  if (path === '/plain') {
    response.end('{"ok":true}');
    return;
  }
  if (path === '/truth') {
    response.end(JSON.stringify({ arrivalsMs: arrivals.map((at) => at - (arrivals[0] ?? 0)), serviceMs: services }));
    return;
  }
  if (path === '/reset') {
    [arrivals, services] = [[], []];
    response.end('ok');
    return;
  }
  const at = performance.now();
  arrivals.push(at);
  const number = arrivals.length;
  response.on('finish', () => services.push(performance.now() - at));
  const answer = (): void => void response.end('{"ok":true}');
  if (path === '/bimodal') setTimeout(answer, number % 100 < 70 ? 5 : number % 100 < 96 ? 60 : 250);
  else if (path === '/stall') {
    if (number === STALL_AT_REQUEST) stalledUntil = at + STALL_MS;
    setTimeout(answer, Math.max(3, stalledUntil - at));
  } else if (path !== '/hang' || number % (1 / UNANSWERED_SHARE) !== 0) answer();
});

server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
