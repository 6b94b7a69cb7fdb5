export interface MailPort {
  /** Sends one e-mail; `messageKey` becomes the Message-ID, so that a second sending is recognisable. @throws SystemUnavailable | SystemRefused */
  send(mail: {
    to: string;
    subject: string;
    text: string;
    messageKey: string;
  }): Promise<{ providerId: string }>;
  /** Hands a paper letter to the letter shop (a mailbox of theirs); the shop reports posting and delivery as a proof. */
  sendLetter(letter: {
    recipientName: string;
    address: string;
    subject: string;
    text: string;
    messageKey: string;
  }): Promise<{ providerId: string }>;
}
