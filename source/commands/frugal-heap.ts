// What stays open for weeks holds little memory: V8 would let the heap grow to several times what
// is in it, for speed, as long as messages come in numbers.
import {setFlagsFromString} from 'node:v8';

export function keepHeapSmall(): void {
  // Collect when a third more than what is in use has come, not when as much again.
  setFlagsFromString('--optimize-for-size');
  // The place for what is new stays as large as it is now.
  setFlagsFromString('--semi-space-growth-factor=1');
}
