// What went wrong with a call: a code (the API's `type`, or one of the two below), and the faults of single fields.
// Codes that no server sends: `unreachable` (no answer at all) and `timeout` (none in time).
export class Problem extends Error {
  constructor(type, { status = 0, errors = [], retryAfter = null, requestId = null } = {}) {
    super(type);
    this.type = type;
    this.status = status;
    this.errors = errors;
    this.retryAfter = retryAfter;
    this.requestId = requestId;
  }
}

// A view that finds a fault by itself throws this; it is shown like one that the server found.
export const fault = (field, code) => new Problem('bad_input', { errors: [{ field, code }] });

export const isSessionOver = error => error instanceof Problem && ['login_needed', 'session_ended'].includes(error.type);
export const isUnreachable = error => error instanceof Problem && ['unreachable', 'timeout'].includes(error.type);
