// The screen as Ink components: places on a full-screen box, each drawn anew only when its own
// text has changed, and the keyboard.
import {Box, Text, useApp, useInput, usePaste, useStdout, type SuspendTerminal} from 'ink';
import {memo, useEffect, useSyncExternalStore, type ReactNode} from 'react';
import type {Place} from './frame.ts';
import {keyNames} from './key-names.ts';
import {gutter} from './layout.ts';
import type {ScreenStore} from './screen-store.ts';

function PlaceText({
  store,
  place,
}: {
  readonly store: ScreenStore;
  readonly place: Place;
}): ReactNode {
  const text = useSyncExternalStore(store.subscribe, () => store.textOf(place));
  if (text === '') return null;
  return (
    <Box flexDirection="column">
      {text.split('\n').map((row, index) => (
        // Rows have no identity but their place.
        // eslint-disable-next-line react/no-array-index-key
        <Row key={index} text={row} />
      ))}
    </Box>
  );
}

/** Drawn anew only when its own text has changed. */
const Row = memo(function Row({text}: {readonly text: string}): ReactNode {
  return <Text wrap="truncate">{text}</Text>;
});

export function App({
  store,
  onTerminal,
}: {
  readonly store: ScreenStore;
  /** Told how the terminal can be given away for a while. */
  readonly onTerminal?: (suspend: SuspendTerminal) => void;
}): ReactNode {
  const layout = useSyncExternalStore(store.subscribe, () => store.layout);
  const {stdout} = useStdout();
  useInput((input, key) => {
    for (const name of keyNames(input, key)) store.press(name);
  });
  usePaste(text => store.paste(text));
  const {suspendTerminal} = useApp();
  useEffect(() => onTerminal?.(suspendTerminal), [onTerminal, suspendTerminal]);
  useEffect(() => {
    const resized = () => {
      const {columns, rows} = stdout as NodeJS.WriteStream;
      if (columns > 0 && rows > 0) store.resize({columns, rows});
    };
    resized();
    stdout.on('resize', resized);
    return () => {
      stdout.off('resize', resized);
    };
  }, [stdout, store]);

  const place = (name: Place) => <PlaceText store={store} place={name} />;
  const {rows} = layout.size;
  const isWide = layout.kind === 'wide';
  return (
    <Box flexDirection="column" width="100%" height={rows}>
      {place('header')}
      {place('alerts')}
      {place('overlay')}
      {place('runs')}
      <Box flexDirection={isWide ? 'row' : 'column'} columnGap={isWide ? gutter : 0}>
        {place('messages')}
        {place('connection')}
      </Box>
      {place('filterBar')}
      {place('footer')}
    </Box>
  );
}
