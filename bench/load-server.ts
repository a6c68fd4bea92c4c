/**
 * A server that knows what it did, as a process of its own: `node bench/load-server.ts`. `/bimodal`, `/stall` and
 * `/hang` answer as they are called, `/plain` at once and without being written down; `/reset` forgets, `/truth` tells when requests came and how long each took.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { STALL_AT_REQUEST, STALL_MS, UNANSWERED_SHARE } from './load-truth.ts';

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
