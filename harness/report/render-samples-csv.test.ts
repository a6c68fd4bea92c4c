import { describe, expect, it } from 'vitest';
import { renderCsv } from './csv.ts';
import { fixtureEvidence, fixtureOccurrences, fixtureTimings } from './fixtures/evidence.fixture.ts';
import { hostileReport, inconclusiveReport, noGoReport } from './fixtures/gate-reports.fixture.ts';
import { renderSamplesCsv } from './render-samples-csv.ts';

const rowsOf = (text: string) => text.trimEnd().split('\r\n');

describe('renderSamplesCsv', () => {
  it('has a row for each timing, each second of a load, and each check', () => {
    const rows = rowsOf(renderSamplesCsv(noGoReport.evidence));
    const of = (sli: string) => rows.filter((row) => row.includes(`,${sli},`));
    expect(of('cold-start.diff-visible')).toHaveLength(40);
    expect(of('diff.latency-p95')).toHaveLength(60);
    expect(of('scope-switch.stats-correct')).toHaveLength(4);
    expect(of('diff.latency-p95')[0]).toMatch(/^load,diff\.latency-p95,distribution,,,0,ms,,30,\d+\.\d+,\d+\.\d+,/);
  });

  it('has a row for an attempt without a sample and for a probe that brought nothing', () => {
    const timings = fixtureTimings({ sli: 'x', medianMs: 10, spread: 0.1, count: 1 });
    const at = '2026-11-23T14:15:00.000Z';
    const losses = [{ reason: 'never-painted', waitedMs: 5000, message: 'no frame', at }] as const;
    const lost = renderSamplesCsv([fixtureEvidence('browser', [{ ...timings, losses }])]);
    expect(lost).toContain('no sample: never-painted after 5000 ms');
    expect(renderSamplesCsv(inconclusiveReport.evidence)).toContain('load,,unavailable,,,,,,,,,,,target-unreachable: ');
  });

  it('says so where a histogram cannot be read, and goes on', () => {
    const load = noGoReport.evidence.flatMap((one) => (one.status === 'collected' ? one.measurements : []));
    const [distribution] = load.filter((one) => one.kind === 'distribution');
    if (distribution === undefined) throw new Error('The fixture has no load.');
    const slices = [{ second: 0, histogram: 'nonsense', count: 3 }];
    expect(renderSamplesCsv([fixtureEvidence('load', [{ ...distribution, slices }])])).toContain(
      ',0,ms,,3,,,,,its histogram cannot be read',
    );
  });

  it('keeps hostile text in its cell', () => {
    for (const row of rowsOf(renderSamplesCsv(hostileReport.evidence))) {
      expect(row.replaceAll(/"(?:[^"]|"")*"/g, '').split(',')).toHaveLength(14);
      expect(row).not.toMatch(/[\u0000\u001b\u202e\n]/);
    }
    const formula = fixtureOccurrences('=HYPERLINK("http://evil.example")', 1, []);
    expect(renderSamplesCsv([fixtureEvidence('p', [formula])])).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
  });
});

describe('renderCsv', () => {
  it('leaves numbers as they are, negative ones too', () => {
    expect(renderCsv(['a', 'b'], [{ a: -3.5, b: null }, { b: '-x' }])).toBe("a,b\r\n-3.5,\r\n,'-x\r\n");
  });
});
