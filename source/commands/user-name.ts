// Who runs the program: a part of the name under which messages are sent.
import {userInfo} from 'node:os';

/** An account without a name, as in containers, is told by its number. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'nobody');
  }
}
