// What the server is asked for, in words and as chips on the number keys.
import {Box} from 'ink';
import type {ReactNode} from 'react';
import type {ScreenState} from '../store/screen-state.ts';
import {filterChips, filterWords} from '../view-models/filter-bar.ts';
import {LineRow} from './LineRow.tsx';

export function FilterBar({state}: {readonly state: ScreenState}): ReactNode {
  const {columns} = state.layout.size;
  return (
    <Box flexDirection="column" flexShrink={0}>
      <LineRow line={filterWords(state)} width={columns} />
      <LineRow line={filterChips(state)} width={columns} />
    </Box>
  );
}
