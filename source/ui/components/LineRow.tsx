// One row of text, cut where it is too long.
import {Text} from 'ink';
import type {ReactNode} from 'react';
import type {Search} from '../store/search.ts';
import {cutLine, type Line} from '../text.ts';
import {Styled} from './Styled.tsx';

export interface LineRowProps {
  readonly line: Line;
  /** Columns. */
  readonly width: number;
  readonly search?: Search | undefined;
}

export function LineRow({line, width, search}: LineRowProps): ReactNode {
  const spans = cutLine(line, width);
  // A row without text has no height.
  if (spans.length === 0) return <Text> </Text>;
  return (
    <Text wrap="truncate">
      {spans.map(([text, tone], index) => (
        <Styled key={index} tone={tone} search={search}>
          {text}
        </Styled>
      ))}
    </Text>
  );
}
