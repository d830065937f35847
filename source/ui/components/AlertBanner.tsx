// The newest alert and how many there are, as long as one is not acknowledged.
import {Box} from 'ink';
import type {ReactNode} from 'react';
import type {ScreenState} from '../store/screen-state.ts';
import {alertBanner} from '../view-models/alerts.ts';
import {Styled} from './Styled.tsx';

export function AlertBanner({state}: {readonly state: ScreenState}): ReactNode {
  const banner = alertBanner(state);
  if (!banner) return undefined;
  return (
    <Box justifyContent="space-between" flexShrink={0}>
      <Styled tone="bad">{banner.text}</Styled>
      {banner.hint !== '' && <Styled tone="dim">{banner.hint}</Styled>}
    </Box>
  );
}
