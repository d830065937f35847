// One run as a row: cursor, mark, and a cell for each column.
import {Text} from 'ink';
import type {ReactNode} from 'react';
import {useTheme} from '../hooks/use-theme.ts';
import type {Search} from '../store/search.ts';
import {cutLine, fit, lineWidth} from '../text.ts';
import type {Cell, TrackStep} from '../view-models/run-cells.ts';
import type {Column} from '../view-models/run-columns.ts';
import type {RunRowModel} from '../view-models/runs.ts';
import {ProgressBar} from './ProgressBar.tsx';
import {Styled} from './Styled.tsx';

export interface RunRowProps {
  readonly row: RunRowModel;
  readonly columns: readonly Column[];
  readonly search: Search | undefined;
}

export function RunRow({row, columns, search}: RunRowProps): ReactNode {
  const {glyphs} = useTheme();
  const {hasCursor, mark, cells} = row;
  return (
    <Text wrap="truncate">
      <Styled>{hasCursor ? glyphs.cursor : ' '}</Styled>
      <Styled tone={mark?.tone}>{mark ? glyphs[mark.glyph] : ' '}</Styled>
      {columns.map(({title, width, align}, index) => {
        // Words at the right end have the blank behind them too.
        const isLast = index === columns.length - 1 && align !== 'right';
        return (
          <Text key={title}>
            <RunCell
              cell={cells[index]!}
              width={isLast ? width + 1 : width}
              align={align}
              search={search}
            />
            {!isLast && ' '}
          </Text>
        );
      })}
    </Text>
  );
}

interface RunCellProps {
  readonly cell: Cell;
  /** Columns that it fills. */
  readonly width: number;
  readonly align: Column['align'];
  readonly search: Search | undefined;
}

function RunCell({cell, width, align, search}: RunCellProps): ReactNode {
  switch (cell.kind) {
    case 'track':
      return <LifecycleTrack steps={cell.steps} />;
    case 'bar':
      return (
        <>
          <ProgressBar share={cell.share} columns={cell.columns} tone={cell.tone} />
          <Styled search={search}>{fit(cell.words, width - cell.columns)}</Styled>
        </>
      );
    case 'words': {
      const line = cutLine(cell.line, width);
      const padding = ' '.repeat(width - lineWidth(line));
      return (
        <>
          {align === 'right' && padding}
          {line.map(([text, tone], index) => (
            <Styled key={index} tone={tone} search={search}>
              {text}
            </Styled>
          ))}
          {align !== 'right' && padding}
        </>
      );
    }
  }
}

/** `◆─▶─‖─■`: the steps of a run's lifecycle. */
function LifecycleTrack({steps}: {readonly steps: readonly TrackStep[]}): ReactNode {
  const {glyphs} = useTheme();
  return steps.map(({glyph, tone}, index) => (
    <Text key={index}>
      {index > 0 && <Styled tone="dim">{glyphs.rule}</Styled>}
      <Styled tone={tone}>{glyphs[glyph]}</Styled>
    </Text>
  ));
}
