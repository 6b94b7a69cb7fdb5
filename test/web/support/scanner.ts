import type { Page } from 'playwright-core';
import QRCode from 'qrcode';
import decodeQR from 'qr/decode.js';

/**
 * Stands in for the `BarcodeDetector` that Android's browsers bring and this Chromium does not: it is handed the photo that the
 * page opened, and reads it by a decoder outside of the page. Several codes side by side are read one by one.
 */
const DETECTOR = `globalThis.BarcodeDetector = class {
  async detect(image) {
    const found = [];
    const parts = Math.max(1, Math.round(image.width / image.height));
    for (let part = 0; part < parts; part += 1) {
      const width = Math.floor(image.width / parts);
      const canvas = new OffscreenCanvas(width, image.height);
      const pen = canvas.getContext('2d');
      pen.drawImage(image, -part * width, 0);
      const { data } = pen.getImageData(0, 0, width, image.height);
      // Grey is enough; a string crosses to the decoder fast.
      let dots = '';
      for (let at = 1; at < data.length; at += 4) dots += String.fromCharCode(data[at]);
      const rawValue = await globalThis.readDots(width, image.height, btoa(dots));
      if (rawValue !== null) found.push({ rawValue });
    }
    return found;
  }
};`;

/** From now on this telephone can read codes. Reload the page afterwards. */
export async function bringScanner(page: Page): Promise<void> {
  await page.exposeFunction('readDots', (width: number, height: number, dots: string): string | null => {
    try {
      const grey = Buffer.from(dots, 'base64');
      const data = Uint8Array.from({ length: 3 * grey.length }, (_, at) => grey[Math.floor(at / 3)] ?? 0);
      return decodeQR({ width, height, data }, { timeLimit: 2_000 });
    } catch {
      return null;
    }
  });
  await page.addInitScript(DETECTOR);
}

/** A photo of the code on a meter. */
export const codeOf = (text: string): Promise<Buffer> => QRCode.toBuffer(text, { width: 240, margin: 4 });

/** Takes a photo of a code by the page's scan button. */
export const scan = (page: Page, picture: Buffer, name = 'code.png'): Promise<void> =>
  page
    .locator('.with-button input[type=file]')
    .setInputFiles({ name, mimeType: 'image/png', buffer: picture });
