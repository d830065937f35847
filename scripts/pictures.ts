// The README's pictures: scenes that have goldens, drawn in colour.
import type {Size} from '../source/ui/store/layout.ts';
import {middle, scenes, small} from '../test/ui/golden-scenes.ts';
import {Session} from '../test/ui/session.ts';
import {showRows} from './terminal-screen.ts';
import {drawScreen, type Caption} from './terminal-svg.ts';

export interface Picture extends Caption {
  readonly name: string;
  readonly scene: string;
  readonly size: Size;
}

export const pictures: readonly Picture[] = [
  {
    name: 'live',
    scene: 'live',
    size: small,
    title: 'swfmon, live',
    description:
      'The top line says LIVE, and how long ago the last byte and the last message came. ' +
      'Below it a table of two runs, one running and one ended, with their STFs and progress; ' +
      'the newest messages; the connection; what the server was asked for; and the keys.',
  },
  {
    name: 'run',
    scene: 'run detail',
    size: middle,
    title: 'swfmon, a run opened',
    description:
      'Who started the run, its phase and state, its data taking and dead time, the STFs that ' +
      'came, are missing or doubled; its timeline from run_imminent on; its pipeline, stage by ' +
      'stage, with what waits and how long each takes; its messages by type.',
  },
  {
    name: 'alerts',
    scene: 'every alert',
    size: small,
    title: 'swfmon, alerts',
    description:
      'The line below the top counts the alerts and tells the newest: no STF for five minutes. ' +
      'Both runs are marked, one with an STF missing; a processing_failed stands out among the ' +
      'messages; a gap has its own line; the connection says that registration fails.',
  },
];

/** Where it is, seen from the root. */
export const pathOf = ({name}: Picture): string => `docs/pictures/${name}.svg`;

export async function drawPicture({scene, size, ...caption}: Picture): Promise<string> {
  const {frame} = scenes[scene]!(new Session({size, hasColour: true}));
  const screen = await showRows(frame, size);
  return drawScreen(screen, size.columns, caption);
}
