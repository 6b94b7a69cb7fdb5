/** A phone number as the carrier knows it: `13812345678` and `8613812345678` become `+8613812345678`. */
export function toE164(phone: string): string {
  const digits = phone.replace(/[\s()-]/g, '');
  if (digits.startsWith('+')) return digits;
  if (/^86\d{11}$/.test(digits)) return `+${digits}`;
  return `+86${digits.replace(/^0/, '')}`;
}
