import twilio from 'twilio';

/** Whether a webhook was signed by the carrier; `publicUrl` is the whole address as the carrier called it. */
export const isTwilioSignatureValid = (
  authToken: string,
  request: { signature: string | undefined; publicUrl: string; form: Record<string, string> },
): boolean =>
  request.signature !== undefined &&
  twilio.validateRequest(authToken, request.signature, request.publicUrl, request.form);
