// The messages, a row each, and what stands between them.
import {Box} from 'ink';
import type {ReactNode} from 'react';
import type {ScreenState} from '../store/screen-state.ts';
import {messagesPage, separatorWords} from '../view-models/messages.ts';
import {LineRow} from './LineRow.tsx';
import {MessageRow} from './MessageRow.tsx';
import {PaneTitle} from './PaneTitle.tsx';
import {SeparatorRow} from './SeparatorRow.tsx';

export function MessagesPane({state}: {readonly state: ScreenState}): ReactNode {
  const {view, layout, snapshot} = state;
  const {width, height} = layout.panes.messages;
  const {remark, entries, selected, middleCut} = messagesPage(state, Math.max(0, height - 1));
  const isFocused = view.focus === 'messages';
  const {time, search} = view;
  const context = {
    width,
    time,
    now: time === 'age' ? snapshot.now : 0,
    clockSkew: snapshot.health.clockSkew ?? 0,
    middleCut,
  };
  return (
    <Box flexDirection="column" height={height} overflow="hidden" flexShrink={0}>
      <PaneTitle name="Messages" remark={remark} isFocused={isFocused} width={width} />
      {entries.length === 0 && <LineRow line={[['  none yet', 'dim']]} width={width} />}
      {entries.map(entry => {
        const hasCursor = isFocused && entry.id === selected;
        return entry.kind === 'message' ? (
          <MessageRow
            key={entry.id}
            entry={entry}
            hasCursor={hasCursor}
            search={search}
            {...context}
          />
        ) : (
          <SeparatorRow
            key={entry.id}
            words={separatorWords(entry, state)}
            hasCursor={hasCursor}
            width={width}
            search={search}
          />
        );
      })}
    </Box>
  );
}
