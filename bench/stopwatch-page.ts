/** A page that records the truth itself: when it was clicked, and in which frame it showed the answer. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Truth {
  /** From the click to the frame with the answer in it. */
  readonly frameMs: number;
  /** What ran on the main thread between the insertion and the next task, before its frame: observers work here. */
  readonly workMs: number;
  /** From the click to its presentation, as the compositor reports; null where it reported nothing. */
  readonly presentedMs: number | null;
}

const page = `<!doctype html><meta charset="utf-8"><title>truth</title>
<button>Go</button><main></main>
<script>
  const query = new URLSearchParams(location.search);
  let clickedAt = 0;
  window.truth = { frameMs: null, presentedMs: null, workMs: 0 };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if (entry.renderTime > 0) window.truth.presentedMs ??= entry.renderTime - clickedAt;
  }).observe({ type: 'element', buffered: true });
  function show() {
    const answer = document.createElement('p');
    answer.id = 'answer';
    answer.setAttribute('elementtiming', 'truth');
    answer.textContent = 'the answer';
    document.querySelector('main').append(answer);
    const insertedAt = performance.now();
    performance.measure('answer', { start: clickedAt, end: insertedAt });
    // Observers of the insertion were queued first.
    queueMicrotask(() => { window.truth.workMs = performance.now() - insertedAt; });
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => { window.truth.frameMs = performance.now() - clickedAt; };
      channel.port2.postMessage(null);
    });
  }
  document.querySelector('button').addEventListener('click', async (event) => {
    clickedAt = event.timeStamp;
    const delay = Number(query.get('delay'));
    if (query.get('source') === 'timer') setTimeout(show, delay);
    else { await fetch('/slow?delay=' + delay); show(); }
  });
</script>`;

/** Serves it on a free port; `/?delay=150&source=timer` or `source=fetch`. */
export async function serveTruthPage(): Promise<{ readonly url: string; close(): void }> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/slow') setTimeout(() => response.end('ok'), Number(searchParams.get('delay')));
    else response.writeHead(200, { 'content-type': 'text/html' }).end(page);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
