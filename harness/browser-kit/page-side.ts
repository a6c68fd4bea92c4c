/**
 * The page-side half of the stopwatch: decides in which frame a condition was painted.
 *
 * `installStopwatch` is sent into the page as source text before the page's own code runs, so it must not refer to
 * anything outside itself. Method and measured errors: docs/measuring.md.
 */
import type { ArmedStep, PageResult, Surroundings } from './condition.ts';

export interface PageStopwatch {
  /** Starts to watch for the step's condition; `already-painted` at once when it holds before anybody acted. */
  arm(step: ArmedStep): void;
  /** The result of the armed step. */
  result(): Promise<PageResult>;
  /** When this document painted its first content, in ms from its time origin, with what went on until then. */
  firstContentfulPaint(): Promise<{ readonly paintedMs: number } & Surroundings>;
  /** Everything below this window that can be looked into: documents and shadow trees. */
  roots(): readonly Root[];
  /** Tells of one that is new. */
  adopt(root: Root): void;
}

type Root = Document | ShadowRoot;

declare global {
  interface Window {
    __rampgate?: PageStopwatch;
  }
}

/** Installs `window.__rampgate`. Runs in the page. */
export function installStopwatch(): void {
  interface ElementEntry extends PerformanceEntry {
    readonly renderTime: number;
    readonly identifier: string;
  }
  interface ShiftEntry extends PerformanceEntry {
    readonly value: number;
  }
  if (window.__rampgate !== undefined) return;

  // The default buffer of 250 resource entries would lose requests of a longer session without a word.
  performance.setResourceTimingBufferSize(20_000);

  // Paint entries come up to 100 ms after the frame (measured); past this, the compositor said nothing.
  const PRESENTATION_WAIT_MS = 120;
  // Element Timing is set on the match and its nearest descendants: enough to hit a text node, cheap on a big tree.
  const TIMED_DESCENDANTS = 50;

  const longTasks: PerformanceEntry[] = [];
  const longFrames: PerformanceEntry[] = [];
  const shifts: ShiftEntry[] = [];
  const firstPaint = Promise.withResolvers<number>();
  let onPresented: ((entry: ElementEntry) => void) | undefined;
  observe('longtask', (entry) => longTasks.push(entry));
  observe('long-animation-frame', (entry) => longFrames.push(entry));
  observe('paint', (entry) => {
    if (entry.name === 'first-contentful-paint') firstPaint.resolve(entry.startTime);
  });
  observe('layout-shift', (entry) => shifts.push(entry as ShiftEntry));
  observe('element', (entry) => onPresented?.(entry as ElementEntry));

  let current: Promise<PageResult> | undefined;
  let stepNumber = 0;
  let onNewRoot: ((root: Root) => void) | undefined;
  const shadowRoots = new Set<WeakRef<ShadowRoot>>();

  window.__rampgate = {
    arm(step) {
      current = watch(step);
    },
    result() {
      return current ?? Promise.reject(new Error('the stopwatch was read before it was armed'));
    },
    async firstContentfulPaint() {
      const paintedMs = await firstPaint.promise;
      return { paintedMs, ...surroundings(0, paintedMs) };
    },
    roots: () => [document, ...liveShadowRoots(), ...framesBelow().flatMap((frame) => frame.__rampgate?.roots() ?? [])],
    adopt: (root) => onNewRoot?.(root),
  };
  adoptShadowTrees();
  if (window !== window.top) topmost()?.adopt(document);

  /** The stopwatch that is asked: the outermost window's, unless that one is of another origin. */
  function topmost(): PageStopwatch | undefined {
    try {
      return window.top?.__rampgate;
    } catch {
      return undefined;
    }
  }

  function framesBelow(): Window[] {
    return Array.from({ length: window.frames.length }, (_, index) => window.frames[index]).filter(
      (frame): frame is Window => frame !== undefined && isSameOrigin(frame),
    );
  }

  function isSameOrigin(frame: Window): boolean {
    try {
      return frame.document !== null;
    } catch {
      return false;
    }
  }

  /** A shadow tree is not part of the document that observers and selectors know, and a closed one cannot be found later. */
  function adoptShadowTrees(): void {
    type Attach = (this: Element, init: ShadowRootInit) => ShadowRoot;
    const attach = Reflect.get(Element.prototype, 'attachShadow') as Attach;
    Element.prototype.attachShadow = function attachShadow(init) {
      const root = attach.call(this, init);
      keepShadowRoot(root);
      return root;
    };
    addEventListener('DOMContentLoaded', () => keepDeclared(document), { once: true });
  }

  function keepShadowRoot(root: ShadowRoot): void {
    shadowRoots.add(new WeakRef(root));
    topmost()?.adopt(root);
  }

  /** Shadow trees that came with the markup. */
  function keepDeclared(within: Root): void {
    const known = new Set(liveShadowRoots());
    for (const { shadowRoot } of within.querySelectorAll('*')) {
      if (shadowRoot === null || known.has(shadowRoot)) continue;
      keepShadowRoot(shadowRoot);
      keepDeclared(shadowRoot);
    }
  }

  function liveShadowRoots(): ShadowRoot[] {
    const live: ShadowRoot[] = [];
    for (const reference of shadowRoots) {
      const root = reference.deref();
      if (root === undefined) shadowRoots.delete(reference);
      else if (root.isConnected) live.push(root);
    }
    return live;
  }

  function observe(type: string, take: (entry: PerformanceEntry) => void): void {
    if (!PerformanceObserver.supportedEntryTypes.includes(type)) return;
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  }

  function watch(step: ArmedStep): Promise<PageResult> {
    return new Promise((resolve) => {
      const armedAt = performance.now();
      const marker = `rampgate-${++stepNumber}`;
      let startedAt = startsWithoutInput(step);
      let framePending = false;
      let vanished = 0;
      let hidden = isHidden();
      let settled = false;

      const observer = new MutationObserver(check);
      const inputs = ['pointerdown', 'click', 'keydown'];
      const reveals = ['transitionend', 'animationend', 'load'];
      let timer = setTimeout(giveUp, step.timeoutMs);

      const listening = new AbortController();
      onNewRoot = (root) => {
        watchRoot(root);
        check();
      };
      for (const root of currentRoots()) watchRoot(root);
      document.addEventListener('visibilitychange', () => (hidden ||= isHidden()), { signal: listening.signal });
      if (startedAt !== 0 && matches() !== null) {
        settle({ status: 'already-painted', waitedMs: 0 });
      } else {
        check();
      }

      function settle(result: PageResult): void {
        if (settled) return;
        settled = true;
        clearTimeout(timer);
        observer.disconnect();
        listening.abort();
        onNewRoot = undefined;
        resolve(result);
      }

      /** Events stay within their own window; what happens in a shadow tree is heard by its document. */
      function watchRoot(root: Root): void {
        observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
        const view = root.nodeType === Node.DOCUMENT_NODE ? (root as Document).defaultView : null;
        const options = { capture: true, passive: true, signal: listening.signal };
        for (const type of inputs) view?.addEventListener(type, noteInput, options);
        for (const type of reveals) view?.addEventListener(type, check, options);
      }

      function giveUp(): void {
        const waitedMs = performance.now() - (startedAt ?? armedAt);
        settle({ status: 'never-painted', waitedMs, missing: missing(), hidden, vanished });
      }

      /** The person acted: from now on the answer has its whole time. */
      function noteInput(event: Event): void {
        if (startedAt !== undefined || !event.isTrusted) return;
        const { timeOrigin } = ((event as UIEvent).view ?? window).performance;
        startedAt = event.timeStamp + timeOrigin - performance.timeOrigin;
        clearTimeout(timer);
        timer = setTimeout(giveUp, step.timeoutMs);
      }

      function check(): void {
        if (settled || framePending) return;
        const matched = matches();
        if (matched === null) return;
        const mutationAt = performance.now();
        if (startedAt === undefined) {
          settle({ status: 'already-painted', waitedMs: mutationAt - armedAt });
          return;
        }
        markForPresentation(matched);
        framePending = true;
        requestAnimationFrame(() =>
          afterThisFrame(() => {
            framePending = false;
            const frameAt = performance.now();
            if (matches() === null) {
              vanished += 1;
              return;
            }
            finish(mutationAt, frameAt);
          }),
        );
      }

      /** The matched elements, or null when anything of the condition is not visible. */
      function matches(): Element[] | null {
        const all: Element[] = [];
        for (const part of step.condition) {
          const found = visibleMatches(part);
          if (found.length < part.atLeast) return null;
          all.push(...found);
        }
        return all;
      }

      function missing(): string {
        return step.condition
          .filter((part) => visibleMatches(part).length < part.atLeast)
          .map(({ described }) => described)
          .join(', ');
      }

      function visibleMatches(part: ArmedStep['condition'][number]): Element[] {
        const found: Element[] = [];
        for (const root of currentRoots()) {
          for (const element of root.querySelectorAll(part.css)) {
            if (part.text !== undefined && !fold(element.textContent).includes(fold(part.text))) continue;
            if (part.name !== undefined && nameOf(element) !== fold(part.name)) continue;
            if (!isVisible(element)) continue;
            found.push(element);
            if (found.length >= part.atLeast) return found;
          }
        }
        return found;
      }

      function markForPresentation(elements: readonly Element[]): void {
        // What lies outside the viewport is never presented.
        const last = elements.findLast(isInViewport);
        if (last === undefined) return;
        let left = TIMED_DESCENDANTS;
        for (const element of [...blocksAround(last), ...last.querySelectorAll('*')]) {
          if (left-- <= 0) break;
          element.setAttribute('elementtiming', marker);
        }
      }

      function finish(mutationAt: number, frameAt: number): void {
        if (settled) return;
        let presentedAt: number | null = null;
        const conclude = (): void => {
          onPresented = undefined;
          settle(paintedResult(mutationAt, frameAt, presentedAt));
        };
        const waiting = setTimeout(conclude, PRESENTATION_WAIT_MS);
        const take = (entry: ElementEntry): void => {
          if (entry.identifier !== marker || entry.renderTime === 0) return;
          presentedAt = entry.renderTime;
          clearTimeout(waiting);
          // One more turn: the resource and long-task entries of this frame are queued behind it.
          setTimeout(conclude, 0);
        };
        onPresented = take;
      }

      function paintedResult(mutationAt: number, frameAt: number, presentedAt: number | null): PageResult {
        const start = startOf(mutationAt);
        if (start === undefined) {
          const waitedMs = frameAt - (startedAt ?? armedAt);
          return { status: 'never-painted', waitedMs, missing: 'the response it starts from', hidden, vanished };
        }
        return {
          status: 'painted',
          frameMs: frameAt - start,
          mutationMs: mutationAt - start,
          presentedMs: presentedAt === null ? null : presentedAt - start,
          hidden,
          vanished,
          // A task that began before the data came cannot be its parsing; before an input it can keep the input waiting.
          ...surroundings(start, frameAt, step.startsAt.kind === 'response' ? start : Number.NEGATIVE_INFINITY),
        };
      }

      /** What came after the content was in the page cannot be what it came from. */
      function startOf(mutationAt: number): number | undefined {
        if (step.startsAt.kind !== 'response') return startedAt;
        const pattern = new RegExp(step.startsAt.url);
        const ends = resources()
          .filter(({ name, responseEnd }) => pattern.test(name) && responseEnd >= armedAt && responseEnd <= mutationAt)
          .map(({ responseEnd }) => responseEnd);
        return ends.length === 0 ? undefined : Math.max(...ends);
      }
    });
  }

  /** What went on between two times; of the long tasks only those that began at `tasksFrom` or later. */
  function surroundings(start: number, end: number, tasksFrom = Number.NEGATIVE_INFINITY): Surroundings {
    const within = (entry: PerformanceEntry): boolean =>
      entry.startTime < end && entry.startTime + entry.duration > start;
    const tasks = longTasks.filter(within).filter(({ startTime }) => startTime >= tasksFrom);
    return {
      longTasksMs: tasks.map(({ duration }) => duration),
      longTasksAtMs: tasks.map(({ startTime }) => startTime - start),
      longFramesMs: longFrames.filter(within).map(({ duration }) => duration),
      layoutShift: shifts.filter(within).reduce((sum, shift) => sum + shift.value, 0),
      requests: resources()
        .filter(within)
        .map(({ name, startTime, responseStart, responseEnd, transferSize }) => ({
          url: name,
          startMs: startTime - start,
          // Zero: the server does not let this page know.
          ...(responseStart === 0 ? {} : { firstByteMs: responseStart - start }),
          endMs: responseEnd - start,
          sizeBytes: transferSize,
        })),
    };
  }

  function resources(): PerformanceResourceTiming[] {
    return performance.getEntriesByType('resource') as PerformanceResourceTiming[];
  }

  function isHidden(): boolean {
    return document.visibilityState !== 'visible';
  }

  /** Runs in the next task, before whatever else waits: a message would queue behind the page's own tasks. */
  function afterThisFrame(callback: () => void): void {
    void scheduler.postTask(callback, { priority: 'user-blocking' });
  }

  function currentRoots(): readonly Root[] {
    return window.__rampgate?.roots() ?? [document];
  }

  /** A navigation's clock runs since its time origin; a response comes later, and is looked up when all is painted. */
  function startsWithoutInput({ startsAt }: ArmedStep): number | undefined {
    if (startsAt.kind === 'input') return undefined;
    return startsAt.kind === 'navigation' ? 0 : performance.now();
  }

  /** Text of an inline element is presented as its containing block's: the element and its ancestors up to that. */
  function blocksAround(element: Element): Element[] {
    const around = [element];
    for (let at: Element | null = element; at !== null && getComputedStyle(at).display.startsWith('inline'); ) {
      at = at.parentElement;
      if (at !== null) around.push(at);
    }
    return around;
  }

  function isInViewport(element: Element): boolean {
    const { top, bottom } = element.getBoundingClientRect();
    return bottom > 0 && top < (element.ownerDocument.defaultView?.innerHeight ?? 0);
  }

  function isVisible(element: Element): boolean {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    if (element.getBoundingClientRect().height === 0) return false;
    const frame = element.ownerDocument === document ? null : element.ownerDocument.defaultView?.frameElement;
    return frame == null || isVisible(frame);
  }

  /** The accessible name as far as it is written down: by label, attribute or content. */
  function nameOf(element: Element): string {
    const labels = (element.getAttribute('aria-labelledby') ?? '').split(/\s+/).filter((id) => id !== '');
    const texts = labels.map((id) => (element.getRootNode() as Root).getElementById(id)?.textContent ?? '');
    const labelled = (element as HTMLInputElement).labels ?? [];
    const candidates = [
      texts.join(' '),
      element.getAttribute('aria-label'),
      ...[...labelled].map((label) => label.textContent),
      element.getAttribute('alt'),
      element.matches('input:is([type="button"], [type="submit"], [type="reset"])')
        ? (element as HTMLInputElement).value
        : null,
      element.textContent,
      element.getAttribute('title'),
    ];
    return candidates.map(fold).find((text) => text !== '') ?? '';
  }

  function fold(text: string | null): string {
    return (text ?? '').replace(/\s+/g, ' ').trim();
  }
}
