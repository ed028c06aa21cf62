import { expect, test } from 'vitest';
import { exitCodes } from './entry.ts';
import { errorTextTable } from '../messages/error-table.ts';
import { registeredErrors } from './registry.ts';
import { render, say, verbatim } from '../messages/message.ts';
import { asTowpathError, SaidError, saidIn, TowpathError } from './towpath-error.ts';

test('an error survives the way through a record with its code, place, hint and causes', () => {
  const cause = new Error('disk on fire', { cause: new Error('match') });
  const error = new TowpathError('TOW_APP_INTERNAL', verbatim('cannot go on'), {
    where: 'a.md:3',
    hint: verbatim('run'),
    cause,
  });
  const record = JSON.parse(JSON.stringify(error.toRecord())) as ReturnType<typeof error.toRecord>;
  expect(record.causes).toEqual(['disk on fire', 'match']);
  const back = TowpathError.fromRecord(record);
  expect(back).toMatchObject({
    code: 'TOW_APP_INTERNAL',
    where: 'a.md:3',
    hint: 'run',
    exitCode: exitCodes.fault,
  });
});

test('message, hint and causes are said in the language of whoever reads the record', () => {
  const cause = new SaidError(say('store.disk-full', { doing: 'x' }), { cause: new Error('ENOSPC') });
  const error = new TowpathError('TOW_APP_INTERNAL', say('unit.files', { n: 2 }), {
    hint: say('unit.rows', { n: 1 }),
    cause,
  });
  const sent = JSON.parse(JSON.stringify(error.toRecord())) as ReturnType<typeof error.toRecord>;
  expect(sent).toMatchObject({
    message: '2 files',
    hint: '1 row',
    causes: ['the disk is full: x', 'ENOSPC'],
  });
  const said = { message: '2 个文件', hint: '1 行', causes: ['磁盘已满：x', 'ENOSPC'] };
  expect(saidIn(sent, 'zh')).toEqual(said);
  // A second way through a record keeps the words of all causes, in one.
  const again = TowpathError.fromRecord(sent).toRecord();
  expect(again.causes).toEqual(['the disk is full: x; ENOSPC']);
  expect(saidIn(again, 'zh')).toEqual({ ...said, causes: ['磁盘已满：x；ENOSPC'] });
});

test('a step or a source is a place in the language of whoever reads, however often the record was read', () => {
  const error = new TowpathError('TOW_FLOW_CANCELLED', say('unit.files', { n: 1 }), {
    where: say('where.step', { step: 'gate' }),
  });
  const again = TowpathError.fromRecord(TowpathError.fromRecord(error.toRecord()).toRecord());
  expect(again.where).toBe('step gate');
  expect(saidIn(again.toRecord(), 'zh').where).toBe('步骤 gate');
  expect(saidIn({ ...again.toRecord(), texts: {} }, 'zh').where).toBe('step gate');
});

test('words of another program are the same in every language, and stand in a record once', () => {
  const error = new TowpathError('TOW_APP_INTERNAL', verbatim('EIO: i/o error'), {
    hint: verbatim('ask Ann'),
  });
  const record = error.toRecord();
  expect(record).toMatchObject({ message: 'EIO: i/o error', hint: 'ask Ann' });
  expect(record.texts).toBeUndefined();
  expect(saidIn(record, 'zh')).toEqual({ message: 'EIO: i/o error', hint: 'ask Ann', causes: [] });
});

test('without a hint the remedy of the code is one, for readers of any language', () => {
  const error = new TowpathError('TOW_FLOW_CANCELLED', say('unit.files', { n: 1 }));
  const { remedy } = errorTextTable.TOW_FLOW_CANCELLED;
  expect(render(error.hintText, 'zh')).toBe(remedy.zh);
  expect(render(TowpathError.fromRecord(error.toRecord()).hintText, 'zh')).toBe(remedy.zh);
  expect(saidIn(error.toRecord(), 'zh').hint).toBe(remedy.zh);
});

test('whatever else is thrown becomes a fault of ours that keeps its cause', () => {
  const thrown = new RangeError('out of range');
  expect(asTowpathError(thrown)).toMatchObject({ kind: 'fault', cause: thrown });
  expect(asTowpathError('text').message).toBe('text');
  expect(asTowpathError(undefined).message).not.toBe('');
});

test('every code is documented in both languages, and nothing else is', () => {
  expect(Object.keys(errorTextTable).sort()).toEqual(Object.keys(registeredErrors()).sort());
  for (const [code, entry] of Object.entries(errorTextTable)) {
    expect(code).toMatch(/^TOW_[A-Z]+(_[A-Z]+)+$/);
    for (const text of [entry.meaning.en, entry.meaning.zh, entry.remedy.en, entry.remedy.zh]) {
      expect(text.trim().length, code).toBeGreaterThan(5);
    }
    expect(entry.meaning.zh, code).toMatch(/\p{Script=Han}/u);
  }
});

test('of the words of a compiled library the places in its own source are left out', () => {
  const cause = new Error(
    'LanceError(IO): no space left on device (os error 28), /home/builder/registry/io-7.0/src/writer.rs:389:9: a.lance at /home/builder/x.cc:12',
  );
  const { causes } = new TowpathError('TOW_APP_INTERNAL', verbatim('stopped'), { cause }).toRecord();
  expect(causes).toEqual(['LanceError(IO): no space left on device (os error 28): a.lance']);
});
