// What the monitor's database knows: every message that reached it and what follows from them.
import {Executions} from './executions.ts';
import {MessageRows} from './message-rows.ts';
import type {JsonObject} from './python-json.ts';
import {RunStates} from './run-states.ts';
import {StfFiles} from './stf-files.ts';

/** How much earlier than on the stream a message is stamped in its row, in ms. */
const rowLead = 4;

export class History {
  readonly rows: MessageRows;
  readonly executions = new Executions();
  readonly runStates = new RunStates();
  readonly stfFiles: StfFiles;

  /** `maxRows` bounds the messages and the STF files each; the oldest make room. */
  constructor(maxRows: number) {
    this.rows = new MessageRows(maxRows);
    this.stfFiles = new StfFiles(maxRows);
  }

  /** An agent's original message; `sentAt` is the stream's stamp, milliseconds since the epoch. */
  store(message: JsonObject, sentAt: number): void {
    const at = sentAt - rowLead;
    this.rows.add(message, at);
    this.runStates.update(message, at);
    this.stfFiles.update(message, at);
  }
}
