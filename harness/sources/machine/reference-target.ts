/**
 * A target that is always the same, for the calibration of the machine: a page whose button does a fixed piece of work and
 * shows it, and an address that answers after a fixed time. Run as a process of its own, as a real target is; prints its
 * address as one line and ends when its standard input does.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const ANSWER_AFTER_MS = 5;

const page = `<!doctype html>
<html lang="en">
<title>The same page</title>
<style>button { position: fixed; inset: 0 auto auto 0; width: 100px; height: 100px }</style>
<button>Again</button>
<h1 id="answer">answer 0</h1>
<ol></ol>
<script>
  let answers = 0;
  document.querySelector('button').addEventListener('click', () => {
    let state = 1;
    for (let round = 0; round < 5e6; round += 1) state = (Math.imul(state, 1664525) + 1013904223) | 0;
    answers += 1;
    const rows = Array.from({ length: 200 }, (_, row) => '<li>row ' + row + ' of answer ' + answers + ', ' + state + '</li>');
    document.querySelector('ol').innerHTML = rows.join('');
    document.querySelector('#answer').textContent = 'answer ' + answers;
  });
</script>
</html>`;

const server = createServer((request, response) => {
  if (request.url === '/') {
    response.setHeader('content-type', 'text/html; charset=utf-8').end(page);
    return;
  }
  setTimeout(() => response.setHeader('content-type', 'application/json').end('{"answer":true}'), ANSWER_AFTER_MS);
});

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  console.log(`http://127.0.0.1:${port}`);
});
process.stdin.on('end', () => process.exit(0)).resume();
