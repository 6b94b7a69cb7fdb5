/** Where the certificate of a customer who was drawn is printed. */
export const certificatePath = (accountNo: string, year: number | string): string =>
  `/accounts/${encodeURIComponent(accountNo)}/credit/certificates/${year}/document.pdf`;
