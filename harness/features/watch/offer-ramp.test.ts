import { describe, expect, it } from 'vitest';
import { realShell, type Shell } from '../../lib/shell.ts';
import { offerRamp } from './offer-ramp.ts';

interface Offered {
  readonly fine: boolean;
  readonly err: string;
  readonly asked: readonly string[];
  readonly ran: readonly string[];
}

/** Offers at a terminal where somebody gives an answer; null: there is no terminal. */
async function offered(answer: string | null, confirmed: boolean, exitCode = 0): Promise<Offered> {
  let err = '';
  const [asked, ran]: [string[], string[]] = [[], []];
  const shell: Shell = {
    ...realShell(),
    err: (text) => (err += text),
    ask:
      answer === null
        ? null
        : (question) => {
            asked.push(question);
            return Promise.resolve(answer);
          },
    handOver: (command) => {
      ran.push(command.join(' '));
      return Promise.resolve(exitCode);
    },
  };
  const fine = await offerRamp(['./ramp.sh', '100'], { confirmed, next: 'all of the traffic' }, shell);
  return { fine, err, asked, ran };
}

describe('offerRamp', () => {
  it('asks, and runs the command when somebody types yes', async () => {
    expect(await offered('yes', false)).toEqual({
      fine: true,
      err: '',
      asked: ['Run ./ramp.sh 100 (to all of the traffic)? Type yes: '],
      ran: ['./ramp.sh 100'],
    });
  });

  it.each(['', 'y', 'no'])('runs nothing after "%s"', async (answer) => {
    expect(await offered(answer, false)).toMatchObject({ fine: true, ran: [], err: 'Not run.\n' });
  });

  it('names the command where nobody sits', async () => {
    const { fine, err, ran } = await offered(null, false);
    expect({ fine, ran }).toEqual({ fine: true, ran: [] });
    expect(err).toBe('To go on: ./ramp.sh 100 (to all of the traffic)\n--ramp runs it without asking.\n');
  });

  it('asks nobody who said so beforehand, and says when it is not known whether it ramped', async () => {
    const { fine, err, asked } = await offered(null, true, 4);
    expect({ fine, asked }).toEqual({ fine: false, asked: [] });
    expect(err).toBe('./ramp.sh 100 ended with exit code 4: whether it ramped is not known.\n');
  });
});
