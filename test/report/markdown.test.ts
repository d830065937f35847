// The report as Markdown: what the renderer of an e-log makes of it, and how it reads without one.
import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {markdownReport, type ReportHead} from '../../source/report/markdown.ts';
import type {RunReport} from '../../source/report/run-report.ts';
import {execution, gap, isStf, later, reportAfter, stfFiles, whole} from './reports.ts';

const head: ReportHead = {
  monitor: 'https://pandaserver02.sdcc.bnl.gov/swf-monitor',
  receiver: 'shift-torre1',
  filter: 'all messages',
  written: '2026-11-23 19:19:08, all times UTC',
  asOf: undefined,
};

interface Parsed {
  readonly title: string;
  readonly headings: readonly string[];
  readonly paragraphs: readonly string[];
  readonly tables: readonly {
    readonly head: readonly string[];
    readonly rule: readonly string[];
    readonly rows: readonly (readonly string[])[];
  }[];
}

/** Text without the backslashes that take a character's meaning away (CommonMark 0.31, 2.4). */
const plain = (text: string) => text.replaceAll(/\\([!-/:-@[-`{-~])/g, '$1');

/** Cells of a row (GFM 4.10): a bar parts them unless a backslash stands before it. */
function cellsOf(line: string): readonly string[] {
  expect(line).toMatch(/^\|.*\|$/);
  return line
    .slice(1, -1)
    .split(/(?<!(?<!\\)(?:\\\\)*\\)\|/)
    .map(cell => cell.trim());
}

/** Blocks as GFM tells them apart: by blank lines. */
function parsed(markdown: string): Parsed {
  const blocks = markdown.trimEnd().split(/\n{2,}/);
  const tables = blocks
    .filter(block => block.startsWith('|'))
    .map(block => {
      const [head = [], rule = [], ...rows] = block.split('\n').map(cellsOf);
      return {head, rule, rows};
    });
  const lines = blocks.filter(block => !block.startsWith('|'));
  for (const line of lines) expect(line).not.toContain('\n');
  return {
    title: plain(lines[0]!.replace(/^# /, '')),
    headings: lines.filter(line => line.startsWith('## ')).map(line => line.slice(3)),
    paragraphs: lines.filter(line => !line.startsWith('#')).map(plain),
    tables,
  };
}

describe('the report on run 100013', () => {
  const events = [
    execution({}, 'completed'),
    ...whole.filter(event => !isStf(4)(event)),
    ...gap(later(14), later(16), 2),
    stfFiles({processed: 10}),
  ];
  const markdown = markdownReport(reportAfter(events), head);

  it('is as it is written to a file', async () => {
    await expect(markdown).toMatchFileSnapshot('goldens/run-100013.md');
  });

  it('has a rule and rows of as many cells as its head, in every table', () => {
    const {tables, headings} = parsed(markdown);
    expect(tables).toHaveLength(headings.length + 1);
    for (const {head, rule, rows} of tables) {
      expect(head.length).toBeGreaterThan(1);
      expect(rule).toHaveLength(head.length);
      for (const cell of rule) expect(cell).toMatch(/^-{2,}[-:]$/);
      for (const row of rows) expect(row).toHaveLength(head.length);
    }
  });

  it('reads without a renderer: columns stand below each other, names as they are', () => {
    for (const block of markdown
      .trimEnd()
      .split('\n\n')
      .filter(text => text.startsWith('|'))) {
      const bars = block.split('\n').map(line => [...line.matchAll(/\|/g)].map(({index}) => index));
      for (const places of bars) expect(places.slice(0, -1)).toEqual(bars[0]!.slice(0, -1));
    }
    expect(markdown).toMatch(/tf_file_registered +\| +70/);
  });

  it('says first what is to be looked at, in bold in its place', () => {
    expect(parsed(markdown).paragraphs[0]).toBe(
      'To be looked at: missing STF 4; end_run says 10 STFs, 9 came.',
    );
    expect(markdown).toMatch(/\| missing +\| \*\*STF 4\*\* +\|/);
  });

  it('says who wrote it when, and what was asked for', () => {
    expect(parsed(markdown).paragraphs[1]).toBe(
      'Written by swfmon on 2026-11-23 19:19:08, all times UTC, as the receiver shift-torre1 of ' +
        'https://pandaserver02.sdcc.bnl.gov/swf-monitor, asked for all messages.',
    );
  });
});

it('nothing wrong is said to be so, as far as it goes', () => {
  const {paragraphs} = parsed(markdownReport(reportAfter([execution(), ...whole]), head));
  expect(paragraphs[0]).toBe('Nothing is wrong, as far as was seen.');
});

it('a paused view says when it was so', () => {
  const {paragraphs} = parsed(
    markdownReport(reportAfter(whole), {...head, asOf: '2026-11-23 19:15:00'}),
  );
  expect(paragraphs[1]).toContain(', as it was at 2026-11-23 19:15:00, when the view was paused, ');
});

describe('names from outside', () => {
  const hostile = fc
    .array(
      fc.oneof(
        fc.constantFrom('|', '\\', '\\|', '`', '``', '*', '**', '_', '__', '[x](y)', '![', '~~'),
        fc.constantFrom('<b>', '<script>', '</td>', '&lt;', '&', '#', '$', '\n', '\n\n', '\r\n'),
        fc.constantFrom(
          '| --- |',
          '\n# x',
          '\n- x',
          '\n```\n',
          '\u2028',
          '\t',
          'x'.repeat(600),
          '漢字',
        ),
        fc.string({unit: 'binary', maxLength: 8}),
      ),
      {maxLength: 6},
    )
    .map(parts => parts.join(''));

  /** White space and its breaks become a space; the ends of a cell have none. */
  const onOneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
  const table = fc
    .integer({min: 2, max: 5})
    .chain(columns =>
      fc.array(fc.array(hostile, {minLength: columns, maxLength: columns}), {maxLength: 5}),
    );

  it('come back from any table as they were, and part nothing', () => {
    fc.assert(
      fc.property(hostile, table, hostile, fc.boolean(), (name, rows, filter, isWrong) => {
        const columns = rows[0]?.length ?? 2;
        const report: RunReport = {
          title: `Run ${name}`,
          facts: [{label: 'execution', value: `of ${name}.`, isWrong}],
          sections: [
            {
              title: 'Parameters',
              head: Array.from({length: columns}, (_, column) => `column ${column}`),
              rows,
              isNumeric: isWrong,
            },
          ],
        };
        const {title, headings, paragraphs, tables} = parsed(
          markdownReport(report, {...head, receiver: name, filter: `x${filter}`}),
        );
        const stars = isWrong ? '**' : '';
        expect(title.trim()).toBe(onOneLine(`Run ${name}`));
        expect(headings).toEqual(['Parameters']);
        expect(paragraphs).toHaveLength(2);
        expect(paragraphs[1]).toContain(`asked for ${`x${filter}`.replaceAll(/\s+/g, ' ')}.`);
        expect(tables[0]?.rows.map(row => row.map(plain))).toEqual([
          ['execution', `${stars}${onOneLine(`of ${name}.`)}${stars}`],
        ]);
        expect(tables[1]?.rows.map(row => row.map(plain))).toEqual(
          rows.map(row => row.map(onOneLine)),
        );
      }),
      {numRuns: 500},
    );
  });

  it('leave no mark of Markdown or HTML with its meaning', () => {
    fc.assert(
      fc.property(hostile, name => {
        const text = markdownReport(
          {title: name, facts: [], sections: []},
          {...head, receiver: name, filter: name},
        );
        const [title = '', , written = ''] = text.split('\n\n');
        const live = `${title.slice(2)} ${written}`.replaceAll(/\\[!-/:-@[-`{-~]/g, '');
        expect(live).not.toMatch(/[`*[\]<>|#~&$]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/u);
      }),
      {numRuns: 500},
    );
  });

  it('that are usual need no backslash', () => {
    const report = reportAfter([execution(), ...whole, stfFiles({processed: 10})]);
    expect(markdownReport(report, head)).not.toContain('\\');
  });
});
