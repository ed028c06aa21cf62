/** Why a request was given up: its client closed the connection. Recorded as 499, as nginx does. */
export class ClientLeft extends Error {
  static readonly status = 499;

  constructor() {
    super('the client left before the answer was complete');
    this.name = 'ClientLeft';
  }
}
