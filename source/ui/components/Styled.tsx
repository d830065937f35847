// Text in one of the theme's tones, in characters that the terminal has, what is searched for marked.
import {Text} from 'ink';
import type {ReactNode} from 'react';
import {useTheme} from '../hooks/use-theme.ts';
import {piecesOf, type Search} from '../store/search.ts';
import {toAscii, type Tone} from '../text.ts';

export interface StyledProps {
  readonly tone?: Tone | undefined;
  /** Marked where it is found. */
  readonly search?: Search | undefined;
  readonly children: string;
}

export function Styled({tone = 'plain', search, children}: StyledProps): ReactNode {
  const {tones, isAscii} = useTheme();
  return piecesOf(children, search).map(({text, isFound}, index) => (
    <Text key={index} {...tones[isFound ? 'match' : tone]}>
      {isAscii ? toAscii(text) : text}
    </Text>
  ));
}
