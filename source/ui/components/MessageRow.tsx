// One message as a row. It is drawn again only when something that it shows has changed.
import {memo, type ReactNode} from 'react';
import {useTheme} from '../hooks/use-theme.ts';
import type {MessageEntry} from '../../model/message-log.ts';
import type {Search} from '../store/search.ts';
import {messageCells, type RowContext} from '../view-models/messages.ts';
import {LineRow} from './LineRow.tsx';

export interface MessageRowProps extends RowContext {
  readonly entry: MessageEntry;
  readonly hasCursor: boolean;
  readonly search: Search | undefined;
}

export const MessageRow = memo(function MessageRow({
  entry,
  hasCursor,
  search,
  ...context
}: MessageRowProps): ReactNode {
  const {glyphs} = useTheme();
  const margin = (hasCursor ? glyphs.cursor : ' ') + (entry.isCaughtUp ? glyphs.caughtUp : ' ');
  return (
    <LineRow
      line={[[margin], ...messageCells(entry, context)]}
      width={context.width}
      search={search}
    />
  );
});
