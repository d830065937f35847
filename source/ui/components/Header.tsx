// The top line: the state in a word, its details, and the time of day.
import {Box} from 'ink';
import type {ReactNode} from 'react';
import type {ScreenState} from '../store/screen-state.ts';
import {headerModel} from '../view-models/header.ts';
import {LineRow} from './LineRow.tsx';
import {Styled} from './Styled.tsx';

export function Header({state}: {readonly state: ScreenState}): ReactNode {
  const {columns} = state.layout.size;
  const {state: words, clock} = headerModel(state);
  return (
    <Box justifyContent="space-between" flexShrink={0}>
      <LineRow line={words} width={columns - clock.length} />
      {clock !== '' && <Styled tone="dim">{clock}</Styled>}
    </Box>
  );
}
