import { describe, expect, it } from 'vitest';
import type { LineageNode, LineageRecord } from '../../app/records/release.ts';
import { wordsIn } from '../../core/messages/message.ts';
import { lineageLines } from './lineage-tree.ts';
import { chooseStyle } from './style.ts';

const context = { style: chooseStyle({ wanted: false, env: {}, isTerminal: false }), words: wordsIn('en') };
const node = (id: string): LineageNode => ({ id, kind: 'artifact', label: id });

/** A graph by its edges, `a>b`. */
function graph(subject: string, ...edges: string[]): LineageRecord {
  const pairs = edges.map((edge) => edge.split('>'));
  return {
    ...{ subject, nodes: [...new Set([subject, ...pairs.flat()])].map(node) },
    edges: pairs.map(([from = '', to = '']) => ({ from, to })),
  };
}

describe('the lineage as a tree', () => {
  it('opens what is met again once, and says that it stands above', () => {
    expect(lineageLines(graph('d', 'a>b', 'a>c', 'b>d', 'c>d', 'x>a'), 'backwards', context)).toEqual([
      'd',
      '',
      'made from',
      '  ├─ b',
      '  │  └─ a',
      '  │     └─ x',
      '  └─ c',
      '     └─ a (above)',
    ]);
  });

  it('says where there is nothing to show', () => {
    expect(lineageLines(graph('a'), 'both', context)).toEqual([
      ...['a', '', 'made from', '  nothing', '', 'went into', '  nothing'],
    ]);
  });

  it('ends, though records lead in a circle', () => {
    const lines = lineageLines(graph('a', 'a>b', 'b>a'), 'forwards', context);
    expect(lines.slice(2)).toEqual(['went into', '  └─ b', '     └─ a (above)']);
  });

  it('says that it is cut where it would be endless to read', () => {
    const many = Array.from({ length: 2000 }, (_, at) => `f${String(at)}>a`);
    const lines = lineageLines(graph('a', ...many), 'backwards', context);
    expect(lines.length).toBeLessThan(510);
    expect(lines.at(-1)).toContain('500');
    const exactly = lineageLines(graph('a', ...many.slice(0, 500)), 'backwards', context);
    expect(exactly.at(-1)).toBe('  └─ f499');
  });

  it('names what it knows only by its id by that', () => {
    const record = { subject: 'a', nodes: [], edges: [{ from: 'b', to: 'a' }] };
    expect(lineageLines(record, 'backwards', context)).toEqual(['a', '', 'made from', '  └─ b']);
  });
});
