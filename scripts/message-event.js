// Stands for `MessageEvent` in the bundle: the first use of Node's own loads Node's whole copy of
// undici, beside the one in here.
export class MessageEvent extends Event {
  constructor(type, {data, origin, lastEventId}) {
    super(type);
    this.data = data;
    this.origin = origin;
    this.lastEventId = lastEventId;
  }
}
