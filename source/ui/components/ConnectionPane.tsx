// The connection's health: its facts as they fit, and the newest of its history.
import {Box} from 'ink';
import type {ReactNode} from 'react';
import type {ScreenState} from '../store/screen-state.ts';
import {connectionLines} from '../view-models/connection.ts';
import {LineRow} from './LineRow.tsx';
import {PaneTitle} from './PaneTitle.tsx';

export function ConnectionPane({state}: {readonly state: ScreenState}): ReactNode {
  const {view, layout, about} = state;
  const {width, height} = layout.panes.connection;
  return (
    <Box flexDirection="column" height={height} overflow="hidden" flexShrink={0}>
      <PaneTitle
        name="Connection"
        remark={`as ${about.receiverName}`}
        isFocused={view.focus === 'connection'}
        width={width}
      />
      {connectionLines(state, width, height - 1)
        .slice(0, height - 1)
        .map((line, index) => (
          <LineRow key={index} line={line} width={width} />
        ))}
    </Box>
  );
}
