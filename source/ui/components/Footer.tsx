// The last line: keys, a notice, or what is being typed.
import {Box} from 'ink';
import type {ReactNode} from 'react';
import type {ScreenState} from '../store/screen-state.ts';
import {lineWidth} from '../text.ts';
import {footerModel} from '../view-models/footer.ts';
import {LineRow} from './LineRow.tsx';

/** What is at the right is left out, or cut, before this much of it is. */
const leastRight = 8;

export function Footer({state}: {readonly state: ScreenState}): ReactNode {
  const {columns} = state.layout.size;
  const {left, right} = footerModel(state);
  const room = columns - lineWidth(left) - 1;
  const isShown = right.length > 0 && room > leastRight;
  return (
    <Box justifyContent="space-between" flexShrink={0}>
      <LineRow line={left} width={columns} />
      {isShown && <LineRow line={right} width={room} />}
    </Box>
  );
}
