/** A number as Twilio wants it: what is written without a country is Chinese, a mobile or a landline with its area code. */
export function e164(phone: string): string {
  const digits = phone.replace(/[^\d+]/g, '');
  if (digits.startsWith('+')) return digits;
  if (digits.startsWith('00')) return `+${digits.slice(2)}`;
  if (/^86\d{11,}$/.test(digits)) return `+${digits}`;
  return `+86${digits.replace(/^0/, '')}`;
}
