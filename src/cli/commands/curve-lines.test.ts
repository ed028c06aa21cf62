import { describe, expect, it } from 'vitest';
import type { StepRecord } from '../../app/records/run.ts';
import { wordsIn } from '../../core/messages/message.ts';
import { chooseStyle } from '../output/style.ts';
import { curveLines } from './curve-lines.ts';

const plain = chooseStyle({ wanted: false, env: {}, isTerminal: false });
const step = (curve?: StepRecord['curve']): StepRecord => ({
  ...{ name: 'fit-tiny', kind: 'train.fit', state: 'running', outputs: {} },
  ...(curve && { curve }),
});

describe('curves in run show', () => {
  it('are left out where nothing was measured', () => {
    expect(curveLines([step()], plain, wordsIn('en'))).toEqual([]);
  });

  it('show the last point and how the loss went', () => {
    const curve = [
      { step: 1, loss: 8, validation_loss: null, rate: 0.0003 },
      { step: 2, loss: 4, validation_loss: null, rate: 0.00025 },
      { step: 3, loss: 1, validation_loss: 2.123456, rate: 0.0002, tokens_per_second: 12345.6 },
    ];
    expect(curveLines([step(curve)], plain, wordsIn('en')).slice(1)).toEqual([
      'CURVES',
      'fit-tiny  step 3: loss 1, validation_loss 2.123, rate 0.0002, tokens_per_second 12,346',
      '  loss             █▄▁ 8 to 1',
    ]);
  });
});
