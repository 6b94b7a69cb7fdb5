import type { ErrorRequestHandler } from 'express';

/** A refusal in Twilio's words: HTTP status and Twilio's own code. */
export class TwilioError extends Error {
  override readonly name = 'TwilioError';
  readonly status: number;
  readonly code: number;
  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** The body of an error answer. */
export function twilioErrorBody(status: number, code: number, message: string): unknown {
  return { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status };
}

/** What Twilio says when it is broken or asked too often. */
export function carrierFaultBody(status: 429 | 500): unknown {
  return status === 429
    ? twilioErrorBody(429, 20429, 'Too Many Requests')
    : twilioErrorBody(500, 20500, 'Internal Server Error');
}

/** Writes TwilioError; every other error goes on to the next writer. */
export const writeTwilioError: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (!(error instanceof TwilioError)) return next(error);
  response.status(error.status).json(twilioErrorBody(error.status, error.code, error.message));
};
