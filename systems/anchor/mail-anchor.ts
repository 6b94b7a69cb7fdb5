import type { MailPort } from '../mail/port.ts';
import type { AnchorPort } from './port.ts';

/** A mailbox of somebody who does not answer to the database's owner: the mail is the anchor. */
export function mailAnchor(mail: MailPort, to: string): AnchorPort {
  return {
    place: 'mail',
    async put({ name, text }) {
      const sent = await mail.send({ to, subject: `Fudian ${name}`, text, messageKey: `anchor/${name}` });
      return sent.providerId;
    },
  };
}
