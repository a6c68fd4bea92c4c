import { describe, expect, it } from 'vitest';
import { goReport, hostileReport, inconclusiveReport, noGoReport } from '../report/fixtures/gate-reports.fixture.ts';
import { type GateReport, gateJsonSchema, parseGateReport, UnreadableReport } from './gate-report.ts';

const saved = (report: GateReport): unknown => JSON.parse(JSON.stringify(report));

describe('parseGateReport', () => {
  it.each([
    ['go', goReport],
    ['no-go', noGoReport],
    ['inconclusive', inconclusiveReport],
    ['hostile', hostileReport],
  ])('reads back a saved %s report as it was', (_, { report }) => {
    expect(parseGateReport(saved(report))).toEqual(report);
  });

  it('names every problem and its place', () => {
    const broken = {
      ...goReport.report,
      verdict: 'maybe',
      findings: [{ ...goReport.report.findings[0], alerting: 'no' }],
    };
    expect(() => parseGateReport(broken)).toThrow(
      /not a gate report of schema version 1[^]*verdict[^]*findings\[0\]\.alerting/,
    );
  });

  it('says what to do about a report of a later schema version', () => {
    expect(() => parseGateReport({ schemaVersion: 2 })).toThrow(/schema version 2.*Use a newer Rampgate/);
  });

  it('reads over fields a later Rampgate may add', () => {
    expect(parseGateReport({ ...goReport.report, added: true })).toEqual(goReport.report);
  });

  it.each([undefined, null, 7, 'gate', [], {}])('refuses %j', (value) => {
    expect(() => parseGateReport(value)).toThrow(UnreadableReport);
  });
});

describe('gateJsonSchema', () => {
  it('is a JSON Schema of draft 2020-12 that describes what others build on', () => {
    expect(gateJsonSchema()).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: 'urn:rampgate:gate:1',
      required: expect.arrayContaining([
        'schemaVersion',
        'run',
        'verdict',
        'findings',
        'successCriteria',
        'notExercised',
      ]),
      properties: {
        verdict: { enum: ['go', 'inconclusive', 'no-go'], description: expect.stringContaining('not a pass') },
      },
    });
  });

  it('allows fields to be added', () => {
    expect(JSON.stringify(gateJsonSchema())).not.toContain('additionalProperties');
  });
});
