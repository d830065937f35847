// The last line: keys, a notice, or what is being typed.
import {Box} from 'ink';
import type {ReactNode} from 'react';
import type {ScreenState} from '../store/screen-state.ts';
import {lineWidth} from '../text.ts';
import {footerModel} from '../view-models/footer.ts';
import {LineRow} from './LineRow.tsx';

export function Footer({state}: {readonly state: ScreenState}): ReactNode {
  const {columns} = state.layout.size;
  const {left, right} = footerModel(state);
  return (
    <Box justifyContent="space-between" flexShrink={0}>
      <LineRow line={left} width={columns} />
      {right.length > 0 && <LineRow line={right} width={lineWidth(right)} />}
    </Box>
  );
}
