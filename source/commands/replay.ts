// `swfmon replay FILE…`: what was recorded, on the screen as it was, by a clock of its own.
import type {Flags} from '../settings/flag-table.ts';
import {SettingsError} from '../settings/settings-error.ts';
import {viewSettings, type ViewSettings} from '../settings/settings.ts';
import {openRecordings, type OpenRecordings} from './open-recordings.ts';
import {isTerminal, readInputs} from './read-inputs.ts';
import {explainLines} from './show.ts';

/**
 * Exit status: 0 on quit, and without a terminal at the end; 128 + n on a signal, 1 when the screen
 * itself broke.
 * @throws SettingsError when there is nothing to replay.
 */
export async function replay(paths: readonly string[], flags: Flags): Promise<number> {
  const speed = speedOf(flags);
  const settings = viewSettings(await readInputs(flags), isTerminal());
  if (settings.output !== 'screen') {
    explainLines(settings);
    return printRecordings(paths, flags);
  }
  return showRecordings(openRecordings(paths, flags), settings, speed);
}

/**
 * `swfmon tail FILE…`: the same as lines. Exit status: 0 at the end, 128 + n on a signal.
 * @throws SettingsError when there is nothing to print.
 */
export async function printRecordings(paths: readonly string[], flags: Flags): Promise<number> {
  const settings = viewSettings(await readInputs(flags), false);
  const {tailRecordings} = await import('./tail-recordings.ts');
  return tailRecordings(openRecordings(paths, flags), settings);
}

/** Recorded seconds a second. */
function speedOf({speed = '1'}: Flags): number {
  if (speed === 'max') return Infinity;
  const number = Number(speed);
  if (speed.trim() !== '' && number > 0 && number < Infinity) return number;
  throw new SettingsError(
    `--speed takes a number above 0, or max, not "${speed}"`,
    'swfmon replay --speed 10',
  );
}

async function showRecordings(
  {files, leftAside, since}: OpenRecordings,
  settings: ViewSettings,
  speed: number,
): Promise<number> {
  const [{openScreen}, {holdScreen}, {Player}] = await Promise.all([
    import('./open-screen.ts'),
    import('./hold-screen.ts'),
    import('./player.ts'),
  ]);
  const {thresholds, fps, namespace} = settings;
  const player = new Player({
    files,
    thresholds,
    namespace,
    speed,
    since,
    wall: () => performance.now(),
  });
  const {monitor, receiver, registers} = files.at(-1)!.head;
  let timer: NodeJS.Timeout;
  const status = await holdScreen(
    quit => {
      const screen = openScreen(settings, player, {
        about: {monitorUrl: monitor, receiverName: receiver, isRegistering: registers},
        now: () => player.now(),
        emit: event => player.apply(event),
        replay: player,
        // The key table lets nobody ask for these in a replay.
        setFilter: () => undefined,
        reconnect: () => undefined,
        quit,
      });
      timer = setInterval(() => {
        player.advance();
        screen.changed();
      }, 1000 / fps);
      return screen;
    },
    {start: () => undefined, stop: () => clearInterval(timer)},
  );
  for (const flaw of [...leftAside, ...player.flaws]) process.stderr.write(`swfmon: ${flaw}\n`);
  return status;
}
