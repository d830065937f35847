// The runs, a row each, below the names of the columns.
import {Box} from 'ink';
import type {ReactNode} from 'react';
import type {ScreenState} from '../store/screen-state.ts';
import {fit, type Line} from '../text.ts';
import {runsPage} from '../view-models/runs.ts';
import {LineRow} from './LineRow.tsx';
import {PaneTitle} from './PaneTitle.tsx';
import {RunRow} from './RunRow.tsx';

/** The title and the names of the columns. */
const headRows = 2;

export function RunsPane({state}: {readonly state: ScreenState}): ReactNode {
  const {view, layout} = state;
  const {width, height} = layout.panes.runs;
  const {summary, columns, rows, emptyWords} = runsPage(state, Math.max(0, height - headRows));
  const names: Line = columns.map(({title, width, align}) => [
    `${fit(title, width, align)} `,
    'dim',
  ]);
  return (
    <Box flexDirection="column" height={height} overflow="hidden" flexShrink={0}>
      <PaneTitle name="Runs" remark={summary} isFocused={view.focus === 'runs'} width={width} />
      {rows.length > 0 ? (
        <LineRow line={[['  '], ...names]} width={width} />
      ) : (
        <Box marginTop={1}>
          <LineRow line={[[`  ${emptyWords}`, 'dim']]} width={width} />
        </Box>
      )}
      {rows.map(row => (
        <RunRow key={row.key} row={row} columns={columns} search={view.search} />
      ))}
    </Box>
  );
}
