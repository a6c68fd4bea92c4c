/** What GitHub Actions shows of a gate: the step's summary, and annotations. Both within its limits. */
import type { Delivery } from '../../model/delivery.ts';
import { decides, type Finding } from '../../model/finding.ts';
import type { GateReport } from '../../model/gate-report.ts';
import { renderMarkdown } from '../gate-document.ts';
import { oneLine } from '../plain-text.ts';
import {
  asSentence,
  drillMarkText,
  headline,
  isWorthAWord,
  sideRole,
  subjectText,
  verdictWords,
  whatToDo,
  worstFirst,
} from '../wording.ts';

/** A summary over 1 MiB is dropped whole; what other commands of the step wrote before counts as well. */
const mostSummaryBytes = 1024 * 1024;
/** Of each level in one step; the rest GitHub drops without a word. */
const mostAnnotations = 10;
/** One is shown folded on the page of the run; `gate.html` has all of it. */
const longestMessage = 900;
const longestTitle = 200;

/** Markdown for `$GITHUB_STEP_SUMMARY`, to be appended to what is there; empty where no room is left. */
export function renderStepSummary(
  report: GateReport,
  { delivery = null, takenBytes = 0 }: { readonly delivery?: Delivery | null; readonly takenBytes?: number } = {},
): string {
  const roomBytes = mostSummaryBytes - takenBytes - 1;
  // A character takes three bytes at the most, or four for two of them.
  return renderMarkdown(report, delivery, { longest: Math.min(200_000, Math.floor(roomBytes / 3)) });
}

interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
}

/**
 * Workflow commands, a line each: the verdict, what failed (error), what could not be decided (warning), and what only
 * informs (notice). Beyond ten of a level the tenth says how many more there are.
 */
export function renderAnnotations(report: GateReport): string {
  const all = [verdictAnnotation(report), ...worstFirst(report.findings).filter(isWorthAWord).map(annotationOf)];
  const levels = ['error', 'warning', 'notice'] as const;
  const lines = levels.flatMap((level) => withinLimit(all.filter((one) => one.level === level)).map(commandOf));
  return `${lines.join('\n')}\n`;
}

function verdictAnnotation(report: GateReport): Annotation {
  const { verdict, run } = report;
  const mark = drillMarkText(report);
  const interrupted = run.interrupted === undefined ? [] : [asSentence(`Interrupted: ${run.interrupted}`)];
  return {
    level: verdict === 'go' ? 'notice' : 'error',
    title: `Rampgate: ${verdictWords[verdict]} for ${subjectText(report)}`,
    message: [...(mark === null ? [] : [mark]), headline(report), ...interrupted, whatToDo(report)].join(' '),
  };
}

function annotationOf(finding: Finding): Annotation {
  const { outcome, criterion, title, message, needs } = finding;
  const role = sideRole(finding);
  return {
    level: !decides(finding) || outcome === 'pass' ? 'notice' : outcome === 'fail' ? 'error' : 'warning',
    title: `${criterion}: ${outcome}${role === null ? '' : ` (${role})`}`,
    message: [`${title}:`, asSentence(message), ...(needs === undefined ? [] : [asSentence(`Needs: ${needs}`)])].join(
      ' ',
    ),
  };
}

function withinLimit(annotations: readonly Annotation[]): readonly Annotation[] {
  const last = annotations[mostAnnotations - 1];
  if (annotations.length <= mostAnnotations || last === undefined) return annotations;
  const left = annotations.length - mostAnnotations + 1;
  const more = {
    level: last.level,
    title: `Rampgate: ${left} more`,
    message: 'gate.html and the summary have them all.',
  };
  return [...annotations.slice(0, mostAnnotations - 1), more];
}

function commandOf({ level, title, message }: Annotation): string {
  const escapedTitle = escaped(oneLine(title, longestTitle)).replaceAll(':', '%3A').replaceAll(',', '%2C');
  return `::${level} title=${escapedTitle}::${escaped(oneLine(message, longestMessage))}`;
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
