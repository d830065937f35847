// Every fault that is provoked, in the order of the page.
import {answerFaults} from './answer-faults.ts';
import {byteFaults} from './byte-faults.ts';
import type {Fault} from './fault.ts';
import {pathFaults} from './path-faults.ts';
import {serverFaults} from './server-faults.ts';

export const faultTable: readonly Fault[] = [
  ...pathFaults,
  ...answerFaults,
  ...byteFaults,
  ...serverFaults,
];
