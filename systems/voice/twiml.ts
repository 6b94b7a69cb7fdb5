import twilio from 'twilio';

const VOICE = { language: 'zh-CN' } as const;

/** The call as the customer hears it: the message, then one key: 1 understood, 2 already paid, 9 once more. */
export function askForKey(speech: string, digitsUrl: string): string {
  const response = new twilio.twiml.VoiceResponse();
  const gather = response.gather({ numDigits: 1, timeout: 8, action: digitsUrl, method: 'POST' });
  gather.say(VOICE, speech);
  gather.say(VOICE, '已经知道，请按 1。已经交费，请按 2。重听，请按 9。');
  response.say(VOICE, '没有收到您的按键，稍后我们会再次通知您。咨询请拨打 95598。');
  return response.toString();
}

/** Last words after a key. */
export function sayGoodbye(speech: string): string {
  const response = new twilio.twiml.VoiceResponse();
  response.say(VOICE, speech);
  response.hangup();
  return response.toString();
}
