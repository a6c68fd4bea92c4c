import { describe, expect, it } from 'vitest';
import { goReport, hostileReport, inconclusiveReport, noGoReport } from '../fixtures/gate-reports.fixture.ts';
import { renderAnnotations, renderStepSummary } from './render-github.ts';

const many = (outcome: 'fail' | 'inconclusive') => {
  const [first] = noGoReport.report.findings;
  if (first === undefined) throw new Error('The fixture has no findings.');
  return Array.from({ length: 40 }, (_, index) => ({ ...first, criterion: `criterion-${index}`, outcome }));
};

const linesOf = (text: string, level: string) => text.split('\n').filter((line) => line.startsWith(`::${level} `));

describe('renderAnnotations', () => {
  it('says the verdict first, then what failed, what is open and what only informs', () => {
    const text = renderAnnotations(noGoReport.report);
    expect(text.split('\n')[0]).toBe(
      '::error title=Rampgate%3A No-go for staging 0.4.0-rc2::Failed: 3 of 14 blocking criteria; 1 could not be decided. Do not ramp. If it is live, roll back backend and frontend with these steps.',
    );
    expect(linesOf(text, 'error')).toHaveLength(4);
    expect(linesOf(text, 'warning').join('\n')).toContain('large-diff.file-visible%3A inconclusive');
    expect(linesOf(text, 'notice').join('\n')).toContain('contract.page-uses-summary%3A fail (advisory)');
  });

  it('is never silent about what is not a go', () => {
    expect(linesOf(renderAnnotations(inconclusiveReport.report), 'error')).toHaveLength(1);
    expect(linesOf(renderAnnotations(goReport.report), 'error')).toHaveLength(0);
    expect(linesOf(renderAnnotations(goReport.report), 'notice')[0]).toContain('Go for staging');
  });

  it.each(['fail', 'inconclusive'] as const)(
    'says how many more there are than the ten that GitHub shows: %s',
    (outcome) => {
      const text = renderAnnotations({ ...noGoReport.report, findings: many(outcome) });
      const lines = linesOf(text, outcome === 'fail' ? 'error' : 'warning');
      expect(lines).toHaveLength(10);
      expect(lines.at(-1)).toContain(outcome === 'fail' ? 'Rampgate%3A 32 more' : 'Rampgate%3A 31 more');
    },
  );

  it('keeps foreign text from becoming a command', () => {
    const text = renderAnnotations(hostileReport.report);
    for (const line of text.trimEnd().split('\n')) expect(line).toMatch(/^::(error|warning|notice) title=[^:,]*::/);
    expect(text).not.toMatch(/[\u0000\u001b\u202e\r]/);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(4096);
  });
});

describe('renderStepSummary', () => {
  it('stays within a mebibyte with what is there already, and says where it was cut', () => {
    const report = {
      ...noGoReport.report,
      findings: many('fail').map((one) => ({ ...one, message: '差'.repeat(5000) })),
    };
    const takenBytes = 1024 * 1024 - 9000;
    const text = renderStepSummary(report, { takenBytes });
    expect(Buffer.byteLength(text)).toBeLessThan(9000);
    expect(text).toContain('## ❌ No-go');
    expect(text).toContain('Cut here, because it would be too long.');
    expect(renderStepSummary(report, { takenBytes: 1024 * 1024 })).toBe('');
  });
});
