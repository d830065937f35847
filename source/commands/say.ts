// What a command that runs on tells of itself: lines with the time on stderr.
import {formatTime, type TimeMode} from '../time.ts';
import {sanitise} from '../wire/sanitise.ts';

export type Say = (text: string) => void;

export function sayer(time: TimeMode): Say {
  return text => {
    const now = Date.now();
    const stamp = formatTime(now, time === 'age' ? 'local' : time, now);
    process.stderr.write(`swfmon: [${stamp}] ${sanitise(text)}\n`);
  };
}
